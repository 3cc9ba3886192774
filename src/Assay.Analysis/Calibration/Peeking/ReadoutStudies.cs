using System.Collections.Immutable;
using System.Text.Json;
using Assay.Analysis.Calibration.Chance;
using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>The readout itself, from accumulators to verdict, on experiments in which nothing differs.</summary>
internal static class ReadoutStudies
{
    private const double Alpha = 0.05;
    private const int Looks = 10;
    private const int Arms = 3;

    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly long Matured = (long)(Now.AddHours(-2) - DateTimeOffset.UnixEpoch).TotalMicroseconds;

    public static ImmutableArray<Simulation> All { get; } =
    [
        Of("mixture", "The readout read at ten looks: three arms, two primaries, a guardrail", 0.05, 10, 10_000, 400),
        Of("exact", "The readout read at ten looks: three arms, few conversions", 0.01, 100, 2_000, 150),
    ];

    private static Simulation Of(string name, string title, double baseline, double lift, int runs, int least)
    {
        var planned = new Lazy<(Design Design, ExperimentPlan Plan)>(() => Priced(baseline, lift));
        return Simulation.Of(
            $"readout/{name}",
            title,
            FormattableString.Invariant($"Conversions of {100 * baseline} % on both primaries and of 2 % on the guardrail, in all arms alike, to the planned sizes."),
            runs,
            least,
            draws => Read(draws, planned.Value.Design, planned.Value.Plan, baseline),
            [
                new("spoke", "every treatment was decided on, by every primary, at some look", new Claim.AtLeast(0.9), "the start rule is passed", seen => seen.Spoke),
                new("decision", "some treatment is declared different on some primary", new Claim.AtMost(Alpha), "Holm over primaries and arms", seen => seen.Decided),
                .. Harms(name),
                new("reference", "some running comparison, shown for reference only, has p ≤ .05", new Claim.Exceeds(Alpha), "peeking", seen => seen.Remarked) { IsNaive = true },
            ]);
    }

    /// <summary>Asked of the larger world only: at the sizes of few conversions no run of 2,000 declared harm, and a study of that could not tell the rule from one that never speaks.</summary>
    private static IEnumerable<Question<(bool Spoke, bool Decided, bool Harmed, bool Remarked)>> Harms(string name) => name != "mixture" ? [] :
    [
        new("harm", "some treatment is declared to harm the guardrail", new Claim.AtMost(Alpha), "two treatments at α ÷ (guardrails + 1)", seen => seen.Harmed),
    ];

    private static (Design Design, ExperimentPlan Plan) Priced(double baseline, double lift)
    {
        var text = FormattableString.Invariant($$"""
            {
              "key": "nothing-differs",
              "setup": { "variations": [ { "key": "a" }, { "key": "b" }, { "key": "c" } ] },
              "metrics": {
                "primary_metric_name": "buy", "metric_type": "binary", "baseline_value": {{baseline}}, "mde_pct": {{lift}},
                "more_primaries": [ { "name": "subscribe", "metric_type": "binary", "baseline_value": {{baseline}} } ],
                "guardrails": [ { "name": "refund", "metric_type": "binary", "direction": "decrease", "baseline_value": 0.02, "non_inferiority_margin_pct": 10 } ]
              },
              "constraints": { "analysis": "always_valid" }
            }
            """);
        var design = DesignReader.Read(JsonElement.Parse(text)).Design!;
        return (design, Pricing.Price(design));
    }

    private static (bool Spoke, bool Decided, bool Harmed, bool Remarked) Read(Draws draws, Design design, ExperimentPlan plan, double baseline)
    {
        (string Metric, double Rate)[] metrics = [("buy", baseline), ("subscribe", baseline), ("refund", 0.02)];
        var sums = (from metric in metrics from arm in Enumerable.Range(0, Arms) select new AccumulatorKey(0, arm, metric.Metric, "", Matured)).ToImmutableDictionary(key => key, _ => new Accumulator(1));
        var batch = (int)(plan.PlannedSampleSizes.Sum() / Looks);
        var seen = (Spoke: false, Decided: false, Harmed: false, Remarked: false);
        for (var look = 1; look <= Looks; look++)
        {
            int first = draws.Binomial(batch, 1.0 / Arms), second = draws.Binomial(batch - first, 0.5);
            int[] units = [first, second, batch - first - second];
            foreach (var (metric, rate) in metrics)
            {
                for (var arm = 0; arm < Arms; arm++) Add(sums[new AccumulatorKey(0, arm, metric, "", Matured)], draws.Binomial(units[arm], rate), units[arm]);
            }

            var readout = Readout.Analyse(new ReadoutInput(design, plan, design.Key, "running", 1, 0, new MeasuredExperiment(design.Key, look, look, null, 0, sums), [], Now, false, false));
            var comparisons = readout.Comparisons.Concat(readout.Primaries.SelectMany(metric => metric.Comparisons)).ToList();
            seen.Spoke |= comparisons.TrueForAll(comparison => comparison.Decision.PValue is not null);
            seen.Decided |= comparisons.Exists(comparison => comparison.Decision.IsSignificant);
            seen.Harmed |= readout.Guardrails.Status == GuardrailsStatus.Harm;
            seen.Remarked |= comparisons.Exists(comparison => comparison.Analysis.IsSignificant);
        }

        return seen;
    }

    internal static void Add(Accumulator sum, int converted, int units)
    {
        Repeat(sum, new MetricValue(Matured, 1, 1, 0), [], converted);
        Repeat(sum, new MetricValue(Matured, 0, 0, 0), [], units - converted);
    }

    /// <summary>A unit many times over, by doubling.</summary>
    internal static void Repeat(Accumulator sum, MetricValue value, double[] further, int times)
    {
        var power = new Accumulator(1 + further.Length);
        power.Add(value, further, false);
        for (; times > 0; times >>= 1)
        {
            if ((times & 1) == 1) sum.Add(power);
            power.Add(power.Clone());
        }
    }
}
