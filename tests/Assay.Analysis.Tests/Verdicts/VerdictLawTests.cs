using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Analysis.Tests.Readouts;
using Assay.Analysis.Verdicts;
using CsCheck;

namespace Assay.Analysis.Tests.Verdicts;

public sealed class VerdictLawTests
{
    private const long Units = 20_000;

    /// <summary>Conversions by metric and arm: two primaries, two guardrails, three arms.</summary>
    private static readonly Gen<long[][]> Counts = Gen.Long[1600, 2400].Array[3].Array[4];

    private static Metric Primary(string name, Direction direction) => Scene.Metric(name, MetricType.Binary, direction) with { BaselineValue = 0.1 };

    private static Metric Guardrail(string name, Direction direction) => Scene.Metric(name, MetricType.Binary, direction) with { NonInferiorityMarginPct = 15 };

    /// <summary>A scene whose metrics and treatments stand in a given order under given names.</summary>
    private static Scene Of(long[][] counts, int[] metrics, int[] arms, Func<int, string> name, long times = 1, long extra = 0)
    {
        Direction[] directions = [Direction.Increase, Direction.Decrease, Direction.Decrease, Direction.Increase];
        var scene = new Scene { Design = Scene.DesignOf(Primary(name(metrics[0]), directions[metrics[0]]), arms: 3), Plan = Scene.PlanOf(Units, Units, Units) }.Metrics(set => set with
        {
            MdePct = 10,
            MorePrimaries = [Primary(name(metrics[1]), directions[metrics[1]])],
            Guardrails = [.. metrics[2..].Select(metric => Guardrail(name(metric), directions[metric]))],
        });
        foreach (var metric in metrics)
            for (var arm = 0; arm < 3; arm++) scene.Proportion(arm, times * counts[metric][arms[arm]], (times * Units) + (arm == 0 ? extra : 0), name(metric));
        return scene;
    }

    [Fact]
    public void Names_and_order_of_metrics_and_treatments_change_nothing() => Counts.Sample(
        counts =>
        {
            var plain = Of(counts, [0, 1, 2, 3], [0, 1, 2], metric => $"m{metric}").Read().Verdict;
            var moved = Of(counts, [1, 0, 3, 2], [0, 2, 1], metric => $"other {9 - metric}").Read().Verdict;
            Assert.Equal(plain.Status, moved.Status);
            Assert.Equal(plain.Evidence.Treatments.Select(treatment => treatment.Outcome), moved.Evidence.Treatments.Select(treatment => treatment.Outcome).Reverse());
            Assert.Equal(plain.Reasons.Select(reason => reason.Code), moved.Reasons.Select(reason => reason.Code));
            Assert.Equal(plain.Ranking.Select(treatment => treatment.ShrunkGain), moved.Ranking.Select(treatment => treatment.ShrunkGain));
            if (plain.RecommendedIndex is { } recommended && plain.Ranking[0].ShrunkGain != plain.Ranking[1].ShrunkGain) Assert.Equal(3 - recommended, moved.RecommendedIndex);
        },
        iter: 300);

    [Fact]
    public void Nothing_is_shipped_while_the_data_have_a_problem() => Counts.Sample(
        counts =>
        {
            var readout = Of(counts, [0, 1, 2, 3], [0, 1, 2], metric => $"m{metric}", extra: 3000).Read();
            Assert.Equal(SampleRatioStatus.Alarm, readout.Srm.Status);
            Assert.Equal((VerdictStatus.Investigate, (int?)null), (readout.Verdict.Status, readout.Verdict.RecommendedIndex));
            Assert.DoesNotContain(readout.Verdict.Ranking, treatment => treatment.Outcome == VerdictStatus.Ship);
            var harmed = readout.Guardrails.Status == GuardrailsStatus.Harm;
            Assert.Equal(harmed, readout.Verdict.Reasons.Any(reason => reason.Code is ReasonCodes.GuardrailHarm));
        },
        iter: 200);

    [Fact]
    public void More_units_of_the_same_rates_never_take_a_ship_away_nor_a_primary_that_is_worse()
    {
        var (ships, worse) = (0, 0);
        Counts.Sample(
            counts =>
            {
                var few = Of(counts, [0, 1, 2, 3], [0, 1, 2], metric => $"m{metric}").Read().Verdict.Evidence.Treatments;
                var many = Of(counts, [0, 1, 2, 3], [0, 1, 2], metric => $"m{metric}", times: 2).Read().Verdict.Evidence.Treatments;
                for (var i = 0; i < few.Count; i++)
                {
                    // More units may find a harm that fewer did not; short of that a treatment that was shipped stays so. A guardrail is another matter: worse within its margin, it ends up safe.
                    var isWorse = few[i].Primaries is [{ CiUpper: < 0 }, _] or [_, { CiLower: > 0 }];
                    if (isWorse) Assert.Equal((VerdictStatus.StopHarm, VerdictStatus.StopHarm), (few[i].Outcome, many[i].Outcome));
                    if (few[i].Outcome == VerdictStatus.Ship) Assert.True(many[i].Outcome is VerdictStatus.Ship or VerdictStatus.StopHarm);
                    if (few[i].Outcome == VerdictStatus.Ship) Interlocked.Increment(ref ships);
                    if (isWorse) Interlocked.Increment(ref worse);
                }
            },
            iter: 300);
        Assert.True(ships > 5 && worse > 5, $"{ships} ships and {worse} worse primaries are too few to show anything.");
    }

    [Fact]
    public void Shrinking_an_interval_above_zero_never_takes_a_ship_away()
    {
        Gen.Select(Gen.Double[0.001, 0.4], Gen.Double[0, 0.4], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 10]).Sample((low, width, raise, lower, minimum) =>
        {
            var wide = Ship(low, low + width);
            var narrow = Ship(low + (raise * width * 0.5), low + width - (lower * width * 0.5));
            Assert.True(!wide || narrow);

            bool Ship(double from, double to)
            {
                var decision = new DecisionReadout
                {
                    Method = AnalysisMethod.AlwaysValid,
                    Validity = Validity.AnyLook,
                    Status = InferenceStatus.Ok,
                    Estimate = (from + to) / 2,
                    PValue = 0.01,
                    PValueAdjusted = 0.01,
                    CiLower = from,
                    CiUpper = to,
                    CiRelativeLower = from,
                    CiRelativeUpper = to,
                    IsSignificant = true,
                };
                return DecisionRule.Of(new ArmFindings([DecisionSides.Find(decision, Direction.Increase, minimum, 5)], ImmutableArray<GuardrailState>.Empty, IsComplete: false)) == VerdictStatus.Ship;
            }
        });
    }

    [Fact]
    public void Every_reason_has_its_sentence_with_no_number_left_out() => Counts.Sample(
        counts => Assert.All(Of(counts, [0, 1, 2, 3], [0, 1, 2], metric => $"m{metric}").Read().Verdict.Reasons, reason =>
        {
            Assert.EndsWith(".", reason.Sentence, StringComparison.Ordinal);
            Assert.DoesNotContain("no bound", reason.Sentence, StringComparison.Ordinal);
            Assert.DoesNotContain("NaN", reason.Sentence, StringComparison.Ordinal);
        }),
        iter: 50);
}
