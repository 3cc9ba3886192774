using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Assay.Analysis.Calibration.Chance;
using Assay.Analysis.Designs;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Calibration.Plans;

/// <summary>Designs as they are priced: the power of the declared analysis, with its correction, split and looks, at the sizes that the plan asks for.</summary>
internal static class PricingStudies
{
    private const double Alpha = 0.05;
    private const double Power = 0.8;
    private const double Within = 0.015;

    private static readonly Constraints FixedHorizon = new(AnalysisMethod.FixedHorizon, 1, "obrien_fleming", "holm");
    private static readonly Constraints AnyLook = FixedHorizon with { Analysis = AnalysisMethod.AlwaysValid };

    public static ImmutableArray<Simulation> All { get; } =
    [
        Of("fixed", "fixed horizon", 0.05, 10, FixedHorizon, [1, 1], Fixed),
        Of("fixed-arms", "fixed horizon, three arms split 50/30/20", 0.05, 10, FixedHorizon, [50, 30, 20], Fixed),
        Of("always-valid", "always valid, read once", 0.05, 10, AnyLook, [1, 1], AlwaysValidTest),
        Of("always-valid-arms", "always valid, three arms split 50/30/20, read once", 0.05, 10, AnyLook, [50, 30, 20], AlwaysValidTest),
        Of("always-valid-rare", "always valid, fewer than 100 conversions expected", 0.01, 100, AnyLook, [1, 1], AlwaysValidTest),
        Of("obrien-fleming", "group sequential, five looks, O'Brien–Fleming", 0.05, 10, Looks(5, "obrien_fleming"), [1, 1], Sequential),
        Of("pocock", "group sequential, ten looks, Pocock", 0.05, 10, Looks(10, "pocock"), [1, 1], Sequential),
        Of("kim-demets-arms", "group sequential, 20 looks, Kim–DeMets, three arms", 0.05, 10, Looks(20, "kim_demets"), [1, 1, 1], Sequential),
        Daily(),
    ];

    /// <summary>Whether the test of the last arm finds its effect.</summary>
    private delegate bool Finds(Draws draws, Priced priced);

    private static Simulation Of(string name, string title, double baseline, double lift, Constraints constraints, double[] split, Finds finds)
    {
        var priced = new Lazy<Priced>(() => Priced.Of(baseline, lift, constraints, split));
        return Simulation.Of(
            $"power/design-{name}",
            $"A design as it is priced: {title}",
            string.Create(CultureInfo.InvariantCulture, $"A conversion of {100 * baseline:0.#} % and a lift of {lift} % in the last arm, at the planned sizes."),
            10_000,
            3_000,
            draws => draws,
            [new("power", "the last arm's effect is found at the first step of its correction", new Claim.Rate(Power, Within), "the plan", draws => finds(draws, priced.Value))]);
    }

    private static Constraints Looks(int looks, string spending) => new(AnalysisMethod.GroupSequential, looks, spending, "bonferroni");

    /// <summary>Reading an always-valid design every day can only add power.</summary>
    private static Simulation Daily()
    {
        var priced = new Lazy<Priced>(() => Priced.Of(0.05, 10, AnyLook, [1, 1]));
        return Simulation.Of(
            "power/design-always-valid-daily",
            "A design as it is priced: always valid, read at 20 looks",
            "A conversion of 5 % and a lift of 10 %, to the planned size.",
            10_000,
            3_000,
            draws => draws,
            [new("power", "the effect is found at some look", new Claim.AtLeast(Power), "the plan is for one look", draws => DailyFinds(draws, priced.Value))]);
    }

    private static bool Fixed(Draws draws, Priced priced)
    {
        var (control, treatment) = priced.Draw(draws, 1);
        return Proportions.PooledTest(control.Converted, control.Count, treatment.Converted, treatment.Count).TryGet(out var test) && test.Z >= Normal.TwoSidedCritical(priced.Level);
    }

    private static bool AlwaysValidTest(Draws draws, Priced priced)
    {
        var (control, treatment) = priced.Draw(draws, 1);
        return priced.Rejects(control, treatment);
    }

    private static bool DailyFinds(Draws draws, Priced priced)
    {
        const int looks = 20;
        (long Converted, long Count) control = default, treatment = default;
        var found = false;
        for (var look = 0; look < looks; look++)
        {
            var (c, t) = priced.Draw(draws, 1.0 / looks);
            control = (control.Converted + c.Converted, control.Count + c.Count);
            treatment = (treatment.Converted + t.Converted, treatment.Count + t.Count);
            found |= Math.Min(control.Converted, treatment.Converted) >= AlwaysValid.MinimumEffectiveCount && priced.Rejects(control, treatment);
        }

        return found;
    }

    private static bool Sequential(Draws draws, Priced priced)
    {
        (long Converted, long Count) control = default, treatment = default;
        double before = 0;
        foreach (var look in priced.Plan.Boundaries)
        {
            var (c, t) = priced.Draw(draws, look.InformationFraction - before);
            before = look.InformationFraction;
            control = (control.Converted + c.Converted, control.Count + c.Count);
            treatment = (treatment.Converted + t.Converted, treatment.Count + t.Count);
            var effect = Proportions.Difference(control.Converted, control.Count, treatment.Converted, treatment.Count).Value;
            var z = effect.Value / effect.StandardError;
            if (Math.Abs(z) >= look.BoundaryZ) return z > 0;
        }

        return false;
    }

    /// <summary>A design and its plan.</summary>
    private sealed record Priced(Design Design, ExperimentPlan Plan)
    {
        private readonly double _baseline = Design.Metrics.Primary.BaselineValue!.Value;

        /// <summary>α over the treatments: the first and hardest step of Holm's procedure.</summary>
        public double Level { get; } = Design.Metrics.Alpha / (Design.Setup.Variations.Length - 1);

        private double Alternative => _baseline + Pricing.Difference(Design.Metrics);

        private bool IsRare { get; } = RareConversions.Expects(Design, Design.Metrics.Primary, Plan.PlannedSampleSizes, 0, Design.Setup.Variations.Length - 1);

        private double Mixture { get; } = AlwaysValid.MixtureVariance(PlannedVariance(Design, Plan), Design.Metrics.Alpha / (Design.Setup.Variations.Length - 1));

        public static Priced Of(double baseline, double lift, Constraints constraints, double[] split)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $$"""
                {
                  "key": "priced",
                  "setup": { "variations": [ {{string.Join(", ", split.Select((_, arm) => $$"""{ "key": "v{{arm}}" }"""))}} ], "traffic_split": {{JsonSerializer.Serialize(split)}} },
                  "metrics": { "primary_metric_name": "bought", "metric_type": "binary", "baseline_value": {{baseline}}, "mde_pct": {{lift}}, "alpha": {{Alpha}}, "power": {{Power}} }
                }
                """);
            var design = DesignReader.Read(JsonElement.Parse(text)).Design! with { Constraints = constraints };
            return new Priced(design, Pricing.Price(design));
        }

        /// <summary>Conversions and units of the control and of the last arm, for a share of the plan.</summary>
        public ((long Converted, long Count) Control, (long Converted, long Count) Treatment) Draw(Draws draws, double share)
        {
            int control = (int)Math.Round(Plan.PlannedSampleSizes[0] * share), treatment = (int)Math.Round(Plan.PlannedSampleSizes[^1] * share);
            return ((draws.Binomial(control, _baseline), control), (draws.Binomial(treatment, Alternative), treatment));
        }

        /// <summary>The always-valid test that the readout uses for this plan.</summary>
        public bool Rejects((long Converted, long Count) control, (long Converted, long Count) treatment)
        {
            if (IsRare)
            {
                var sequence = TwoProportionSequence.Planned(_baseline, Plan.PlannedSampleSizes[0], Plan.PlannedSampleSizes[^1], Level);
                return treatment.Converted * control.Count > control.Converted * treatment.Count
                    && sequence.LogEvidence(control.Converted, control.Count, treatment.Converted, treatment.Count) >= -Math.Log(Level);
            }

            var effect = Proportions.Difference(control.Converted, control.Count, treatment.Converted, treatment.Count).Value;
            return AlwaysValid.Infer(effect, Level, Mixture).Value.Interval.Lower > 0;
        }

        private static double PlannedVariance(Design design, ExperimentPlan plan)
        {
            var baseline = design.Metrics.Primary.BaselineValue!.Value;
            return baseline * (1 - baseline) * ((1.0 / plan.PlannedSampleSizes[0]) + (1.0 / plan.PlannedSampleSizes[^1]));
        }
    }
}
