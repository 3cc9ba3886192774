using Assay.Analysis.Derivations;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Analysis.Tests.Readouts;

namespace Assay.Analysis.Tests.Derivations;

public sealed class DerivationTests
{
    private static readonly double[] Before = [.. Enumerable.Range(0, 400).Select(i => (double)(i * 7 % 31))];

    public static TheoryData<string> Names => ["proportions", "undeclared", "three arms", "falling", "means", "undeclared means", "negative means", "covariates", "guardrail", "guardrail up", "rare", "planned", "planned means", "looks", "looks over", "posterior", "posterior means", "secondary", "secondary at looks", "early", "early means", "uneven"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_formula_gives_the_number_that_stands_beside_it(string name)
    {
        var scene = Named(name);
        var derivation = scene.Derive(scene.Design.Metrics.All.Last());
        Assert.NotEmpty(derivation.Comparisons);
        foreach (var comparison in derivation.Comparisons)
        {
            var known = new Dictionary<string, double>(StringComparer.Ordinal);
            foreach (var part in comparison.Parts)
            {
                // What begins with arms of its own stands on nothing before it.
                if (part.Kind is DerivationKind.PlannedTest or DerivationKind.Look or DerivationKind.Adjusted or DerivationKind.Reference) known.Clear();
                Agrees(part.Steps, known);
            }
        }

        Agrees(derivation.SampleRatio, []);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_last_numbers_are_those_of_the_readout(string name)
    {
        var scene = Named(name);
        var metric = scene.Design.Metrics.All.Last();
        var readout = scene.Read();
        var derivation = scene.Derive(metric);
        var comparisons = metric.Name == readout.PrimaryMetricName ? readout.Comparisons : readout.Secondary is [.., var last] ? last.Comparisons : readout.Guardrails.Metrics[0].Comparisons;
        Assert.Equal(comparisons, derivation.Comparisons.Select(comparison => comparison.Comparison));
        foreach (var (shown, derived) in comparisons.Zip(derivation.Comparisons))
        {
            var decided = derived.Parts.First(part => part.Kind is DerivationKind.Mixture or DerivationKind.ExactSequence or DerivationKind.PlannedTest or DerivationKind.Look or DerivationKind.Posterior);
            Assert.Equal((shown.Decision.CiLower, shown.Decision.CiUpper), (Last(decided, "L"), Last(decided, "U")));
            Assert.Equal(shown.Decision.UnitsNeeded, Last(decided, "n_min"));
            if (decided.Kind != DerivationKind.Posterior && shown.Decision.Status != InferenceStatus.TooEarly)
            {
                Assert.Equal((shown.Decision.PValue, shown.Decision.PValueAdjusted, shown.Decision.Level), (Last(decided, "p"), Last(decided, "p_adj"), Last(decided, "α_h")));
                Assert.Equal((shown.Decision.CiRelativeLower, shown.Decision.CiRelativeUpper), (Last(decided, "L_r"), Last(decided, "U_r")));
            }

            var reference = derived.Parts.Single(part => part.Kind == DerivationKind.Reference);
            Assert.Equal((shown.Analysis.CiLower, shown.Analysis.CiUpper, shown.Analysis.PValue), (Last(reference, "L"), Last(reference, "U"), Last(reference, "p")));
            Assert.Equal((shown.Analysis.CiRelativeLower, shown.Analysis.CiRelativeUpper), (Last(reference, "L_r"), Last(reference, "U_r")));
        }
    }

    [Fact]
    public void What_the_guardrail_and_the_covariates_say_is_what_the_readout_says()
    {
        var guarded = Named("guardrail");
        var judged = guarded.Read().Guardrails.Metrics[0].NonInferiority[0];
        var part = guarded.Derive(guarded.Design.Metrics.Guardrails[0]).Comparisons[0].Parts.Single(part => part.Kind == DerivationKind.Guardrail);
        Assert.Equal((judged.Slack, judged.SlackLower, judged.HarmCiLower, judged.HarmCiUpper), (Last(part, "g"), Last(part, "L_g"), Last(part, "L"), Last(part, "U")));

        var adjusted = Named("covariates");
        var cuped = adjusted.Read().Cuped.Comparisons[0];
        var steps = adjusted.Derive(adjusted.Design.Metrics.Primary).Comparisons[0].Parts.Single(part => part.Kind == DerivationKind.Adjusted);
        Assert.Equal((cuped.Analysis.CiLower, cuped.Analysis.CiUpper, cuped.Theta[2]), (Last(steps, "L"), Last(steps, "U"), Last(steps, "θ_3")));
    }

    [Fact]
    public void What_cannot_be_read_yet_has_the_steps_up_to_there()
    {
        var early = new Scene().Proportion(0, 3, 50).Proportion(1, 5, 50);
        var parts = early.Derive(early.Design.Metrics.Primary).Comparisons[0].Parts;
        var waits = parts.Single(part => part.Kind == DerivationKind.Mixture).Steps[^1];
        Assert.Equal(("n_min", 100 * 50 / 3.0), (waits.Symbol, waits.Value!.Value));

        var locked = new Scene().Method(AnalysisMethod.FixedHorizon).Proportion(0, 3, 50).Proportion(1, 5, 50);
        Assert.Empty(locked.Derive(locked.Design.Metrics.Primary).Comparisons[0].Parts.Single(part => part.Kind == DerivationKind.PlannedTest).Steps);

        var empty = new Scene();
        Assert.Equal([DerivationKind.Completed, DerivationKind.Reference], empty.Derive(empty.Design.Metrics.Primary).Comparisons[0].Parts.Select(part => part.Kind));
        Assert.Empty(empty.Derive(empty.Design.Metrics.Primary).SampleRatio);
    }

    [Fact]
    public void A_data_file_and_a_metric_of_another_design_are_refused()
    {
        Assert.Throws<ArgumentException>("input", () => new Scene { Final = true } is var file ? file.Derive(file.Design.Metrics.Primary) : null);
        Assert.Throws<ArgumentException>("metric", () => new Scene().Derive(Scene.Metric("other", MetricType.Binary)));
    }

    private static Scene Named(string name) => name switch
    {
        "proportions" => new Scene().Proportion(0, 5_000, 120_000).Proportion(1, 5_400, 121_000).Proportion(1, 80, 900, maturesAt: Scene.Open),
        "undeclared" => new Scene { Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary)) }.Proportion(0, 5_000, 120_000).Proportion(1, 5_010, 119_000),
        "three arms" => new Scene { Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.042 }, 4), Plan = Scene.PlanOf(146_642, 146_642, 146_642, 146_642) }
            .Proportion(0, 5_000, 120_000).Proportion(1, 5_900, 121_000).Proportion(2, 5_310, 120_500).Proportion(3, 5_005, 120_000),
        "falling" => new Scene().Proportion(0, 5_400, 120_000).Proportion(1, 4_700, 121_000),
        "means" => Means(10, 10.4, deviation: 12),
        "undeclared means" => Means(10, 10.1, deviation: null),
        "negative means" => Means(-10, -9.1, deviation: 12),
        "covariates" => Means(10, 10.4, 12).Metrics(metrics => metrics with { Covariates = [new("x", CovariateSource.PrePeriod), new("y", CovariateSource.Events)] }) is var plain ? With(plain) : null!,
        "guardrail" => Guarded(Direction.Decrease),
        "guardrail up" => Guarded(Direction.Increase),
        "rare" => new Scene { Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.01 }), Plan = Scene.PlanOf(5000, 5000) }.Proportion(0, 12, 2000).Proportion(1, 41, 2010),
        "planned" => new Scene { Plan = Scene.PlanOf(100_000, 100_000) }.Method(AnalysisMethod.FixedHorizon).Proportion(0, 5_000, 120_000).Proportion(1, 5_400, 121_000),
        "planned means" => Means(10, 10.4, 12, planned: 300).Method(AnalysisMethod.FixedHorizon),
        "looks" => Looked(z: 1.9, number: 2, crossed: false),
        "looks over" => Looked(z: 3.1, number: 2, crossed: true),
        "posterior" => new Scene().Method(AnalysisMethod.Bayesian).Proportion(0, 500, 12_000).Proportion(1, 540, 12_100),
        "secondary" => Informed(),
        "secondary at looks" => Informed().Method(AnalysisMethod.GroupSequential),
        "early" => new Scene().Proportion(0, 90, 2_000).Proportion(1, 99, 1_900),
        "early means" => Means(10, 10.4, 12) is var few ? new Scene { Design = few.Design, Plan = few.Plan }.Values(0, "spend", Before.Select(x => x > 29 ? 400 + x : 0)).Values(1, "spend", Before.Select(x => x > 28 ? 300 + x : 0)) : null!,
        "posterior means" => Means(10, 10.4, 12).Method(AnalysisMethod.Bayesian),
        _ => new Scene { Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.042 }) is var design ? design with { Setup = design.Setup with { TrafficSplit = [3, 1] } } : null! }
            .Proportion(0, 5_000, 120_000).Proportion(1, 1_790, 40_300),
    };

    private static Scene Means(double control, double treatment, double? deviation, long planned = 2000) => new Scene
    {
        Design = Scene.DesignOf(Scene.Metric("spend", MetricType.Continuous) with { StdDev = deviation }),
        Plan = Scene.PlanOf(planned, planned),
    }.Values(0, "spend", Before.Select((x, i) => control + ((x - 15) / 3) + (i % 5))).Values(1, "spend", Before.Select((x, i) => treatment + ((x - 15) / 3) + (i % 7)));

    private static Scene With(Scene scene)
    {
        double[] Covariates(int i) => [Before[i % 400], 0, i % 3 == 0 ? 0 : i % 11, i % 3 == 0 ? 1 : 0];
        return new Scene { Design = scene.Design, Plan = scene.Plan }
            .Values(0, "spend", Before.Select((x, i) => 20 + (2 * x) + (i % 5)), covariates: Covariates)
            .Values(1, "spend", Before.Select((x, i) => 21 + (2 * x) + (i % 7)), covariates: i => Covariates(i + 3));
    }

    private static Scene Informed() => new Scene().Metrics(metrics => metrics with { Secondary = [Scene.Metric("cart", MetricType.Binary), Scene.Metric("spend", MetricType.Binary)] })
        .Proportion(0, 5_000, 120_000, "cart").Proportion(1, 5_260, 121_000, "cart").Proportion(0, 4_000, 120_000, "spend").Proportion(1, 4_700, 121_000, "spend");

    private static Scene Guarded(Direction direction) => new Scene
    {
        Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.1 }),
        Plan = Scene.PlanOf(20_000, 20_000),
    }.Metrics(metrics => metrics with { Guardrails = [Scene.Metric("refund", MetricType.Binary, direction) with { NonInferiorityMarginPct = 10, BaselineValue = 0.2 }] })
        .Proportion(0, 4000, 20_000, "refund").Proportion(1, 3950, 20_100, "refund");

    private static Scene Looked(double z, int number, bool crossed)
    {
        LookReadout Look(int look, double fraction, double at, bool over) => new()
        {
            Metric = "purchase",
            TreatmentIndex = 1,
            Look = look,
            TakenAt = Scene.Now.AddDays(-1),
            Watermark = 3,
            InformationFraction = fraction,
            Z = at,
            BoundaryZ = 2.963,
            Crossed = over,
            Control = new LookArm(5000, 0.1, 0.004),
            Treatment = new LookArm(5000, 0.1 + (at * Math.Sqrt(0.004 * 0.004 * 2)), 0.004),
        };
        return new Scene
        {
            Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.1 }) with { Constraints = new Constraints(AnalysisMethod.GroupSequential, 4, "obrien_fleming", "holm") },
            Plan = Scene.PlanOf(10_000, 10_000),
            Looks = [Look(1, 0.25, 0.7, over: false), Look(number, 0.5, z, crossed)],
        }.Proportion(0, 520, 5_100).Proportion(1, 600, 5_100);
    }

    private static double? Last(DerivationPart part, string symbol) => part.Steps.LastOrDefault(step => step.Symbol == symbol)?.Value;

    private static void Agrees(IEnumerable<DerivationStep> steps, Dictionary<string, double> known)
    {
        foreach (var step in steps)
        {
            if (step.Value is { } value) known[step.Symbol] = value;
            if (step.Formula is not { } formula || step.Value is not { } expected || formula.StartsWith("E(", StringComparison.Ordinal)) continue;
            Assert.All(step.Terms, term => Assert.Equal(known[term.Symbol], term.Value));
            var (left, right) = FormulaReader.Read(formula, symbol => known[symbol]);
            Assert.True(right is { } solved ? left.Is(solved.Value) : left.Is(expected), $"{step.Symbol} = {formula}: {left} beside {right?.Value ?? expected:R}");
        }
    }
}
