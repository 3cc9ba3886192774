using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;
using CsCheck;

namespace Assay.Analysis.Tests.Readouts;

/// <summary>A course is what live-stats said at each of its moments.</summary>
public sealed class TimelineTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset AsOf = Start.AddHours((24 * 9) + 13).AddSeconds(7);

    private static long Hour(double hours) => (long)(Start.AddHours(hours) - DateTimeOffset.UnixEpoch).TotalMicroseconds;

    private static DateTimeOffset Time(double hours) => Start.AddHours(hours);

    /// <summary>Every kind of metric in every role, three arms of which one may be outside the split.</summary>
    private static Scene Everything(AnalysisMethod method, bool rare) => new Scene
    {
        Design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = rare ? 0.01 : 0.3 }, arms: 3),
        Plan = Scene.PlanOf(2000, 2000, 2000),
        AsOf = AsOf,
    }.Method(method).Metrics(metrics => metrics with
    {
        MorePrimaries = [Scene.Metric("spend", MetricType.Continuous) with { StdDev = 2 }],
        Secondary = [Scene.Metric("clicks", MetricType.Count, Direction.Decrease), Scene.Metric("share", MetricType.Ratio) with { StdDev = 1 }],
        Guardrails = [Scene.Metric("crash", MetricType.Binary, Direction.Decrease) with { BaselineValue = 0.3, NonInferiorityMarginPct = 10 }],
    });

    private static Scene Fill(Scene scene, int seed, double[] hours)
    {
        var random = new Random(seed);
        foreach (var hour in hours)
        {
            foreach (var metric in scene.Design.Metrics.All)
            {
                for (var arm = 0; arm < 3; arm++)
                {
                    var units = random.Next(30, 90);
                    if (metric.Type == MetricType.Binary) scene.Proportion(arm, random.Next(0, units), units, metric.Name, Hour(hour + (metric.Name.Length % 3)));
                    else scene.Values(arm, metric.Name, Enumerable.Range(0, units).Select(_ => Math.Round(random.NextDouble() * 8) - 1 + (arm / 3.0)), Hour(hour));
                }
            }
        }

        return scene;
    }

    private static IReadOnlyList<ComparisonReadout> Of(Readout readout, string metric) =>
        metric == readout.PrimaryMetricName ? readout.Comparisons
        : readout.Primaries.Concat(readout.Secondary).SingleOrDefault(other => other.Name == metric)?.Comparisons
            ?? readout.Guardrails.Metrics.Single(other => other.Name == metric).Comparisons;

    private static void AssertSame(TimelinePoint point, IReadOnlyList<ComparisonReadout> live, AnalysisMethod method)
    {
        Assert.Equal([live[0].Completed.Control, .. live.Select(comparison => comparison.Completed.Treatment)], point.CompletedArms);
        Assert.Equal(
            live.Select(comparison => new TimelineComparison
            {
                TreatmentIndex = comparison.TreatmentIndex,
                Effect = comparison.Completed.Effect,
                EffectRelative = comparison.Completed.EffectRelative,
                AlwaysValid = comparison.AlwaysValid,
                Decision = comparison.Decision.Method == AnalysisMethod.AlwaysValid ? comparison.Decision : null,
            }),
            point.Comparisons);
    }

    [Theory]
    [InlineData(AnalysisMethod.AlwaysValid, false)]
    [InlineData(AnalysisMethod.AlwaysValid, true)]
    [InlineData(AnalysisMethod.FixedHorizon, false)]
    [InlineData(AnalysisMethod.GroupSequential, true)]
    [InlineData(AnalysisMethod.Bayesian, false)]
    public void Every_point_of_every_metric_is_the_readout_of_its_moment_in_the_same_bits(AnalysisMethod method, bool rare) =>
        Gen.Select(Gen.Int[0, 1000], Gen.Int[1, (24 * 10) - 1].Array[1, 8]).Sample(
            (seed, hours) =>
            {
                var scene = Fill(Everything(method, rare), seed, Array.ConvertAll(hours, hour => (double)hour));
                foreach (var metric in scene.Design.Metrics.All)
                {
                    scene.AsOf = AsOf;
                    var course = scene.Trace(metric.Name);
                    if (course.Points.Count > 0) Assert.Equal(AsOf, course.Points[^1].At);
                    foreach (var point in course.Points)
                    {
                        scene.AsOf = point.At;
                        AssertSame(point, Of(scene.Read(), metric.Name), method);
                    }
                }
            },
            iter: 12);

    [Fact]
    public void Evidence_comes_and_the_decision_of_each_moment_is_told()
    {
        var scene = Everything(AnalysisMethod.AlwaysValid, rare: false);
        for (var day = 1; day <= 9; day++) scene.Proportion(0, 60, 200, maturesAt: Hour(24 * day)).Proportion(1, 110, 200, maturesAt: Hour(24 * day)).Proportion(2, 61, 200, maturesAt: Hour(24 * day));
        var points = scene.Trace().Points;
        Assert.Equal(10, points.Count);
        Assert.Equal(InferenceStatus.TooEarly, points[0].Comparisons[0].Decision!.Status);
        Assert.True(points[^1].Comparisons[0].Decision!.IsSignificant);
        Assert.False(points[^1].Comparisons[1].Decision!.IsSignificant);
        var widths = points.Select(point => point.Comparisons[0].AlwaysValid).Where(any => any.CiUpper is not null).Select(any => any.CiUpper - any.CiLower).ToList();
        Assert.True(widths.Count > 5);
        Assert.Equal(widths.OrderDescending(), widths);
        Assert.Equal(points.Select(point => point.CompletedArms[0].ExposedUsers), [.. Enumerable.Range(1, 9).Select(day => 200L * day), 1800]);
    }

    [Fact]
    public void Days_that_are_two_days_over_are_told_at_their_midnight_whether_they_have_been_merged_or_not()
    {
        double[] hours = [5, 10, 24, 30, 24 * 6, (24 * 7) - 0.5, (24 * 7) + 1, (24 * 8) + 2, (24 * 9) + 12];
        var merged = Maturity.CompactedThrough(Hour((24 * 9) + 13));
        Assert.Equal(Hour(24 * 7), merged);
        var (unmerged, stored) = (Everything(AnalysisMethod.AlwaysValid, rare: false), Everything(AnalysisMethod.AlwaysValid, rare: false));
        foreach (var hour in hours)
        {
            unmerged.Proportion(0, 20, 60, maturesAt: Hour(hour)).Proportion(1, 30, 60, maturesAt: Hour(hour));
            stored.Proportion(0, 20, 60, maturesAt: Maturity.Bucket(Hour(hour), merged)).Proportion(1, 30, 60, maturesAt: Maturity.Bucket(Hour(hour), merged));
        }

        var course = unmerged.Trace().Points;
        Assert.Equal([Time(24), Time(48), Time(24 * 6), Time(24 * 7), Time((24 * 7) + 1), Time((24 * 8) + 2), Time((24 * 9) + 12), AsOf], course.Select(point => point.At));
        Assert.Equal([180, 240, 300, 360, 420, 480, 540, 540], course.Select(point => point.CompletedArms[0].ExposedUsers));
        foreach (var (one, other) in course.Zip(stored.Trace().Points))
        {
            Assert.Equal((one.At, one.CompletedArms.Count), (other.At, other.CompletedArms.Count));
            Assert.Equal(one.CompletedArms, other.CompletedArms);
            Assert.Equal(one.Comparisons, other.Comparisons);
        }
    }

    [Fact]
    public void Before_a_unit_has_completed_there_is_no_point_and_what_completes_now_is_told_once()
    {
        var scene = Everything(AnalysisMethod.AlwaysValid, rare: false).Proportion(0, 1, 9, maturesAt: Hour(30)).Proportion(1, 1, 9, maturesAt: Hour(30)).Proportion(0, 5, 9, maturesAt: Hour(3), slice: "country=DE");
        scene.AsOf = Time(29);
        Assert.Empty(scene.Trace().Points);
        Assert.Empty(scene.Trace("crash").Points);
        scene.AsOf = Time(30);
        Assert.Equal(9, Assert.Single(scene.Trace().Points).CompletedArms[0].ExposedUsers);
    }

    [Fact]
    public void A_long_course_is_thinned_by_days_evenly_and_keeps_its_hours_and_its_end()
    {
        const int Days = 1000;
        long[] buckets = [.. Enumerable.Range(1, Days).Select(day => Hour(24 * day)), Hour((24 * Days) + 5), Hour((24 * Days) + 6)];
        var moments = TimelineMoments.Of(buckets, Hour((24 * Days) + 7.5));
        Assert.Equal(TimelineMoments.Most, moments.Length);
        Assert.Equal([Hour((24 * Days) - 24), Hour(24 * Days), Hour((24 * Days) + 5), Hour((24 * Days) + 6), Hour((24 * Days) + 7.5)], moments[^5..]);
        var steps = moments[..^6].Zip(moments[1..^5], (a, b) => (b - a) / Maturity.Microseconds(TimeSpan.FromDays(1))).ToList();
        Assert.All(steps, step => Assert.InRange(step, 2, 3));
        Assert.Equal(moments.Distinct().Order(), moments);
    }

    [Fact]
    public void Looks_are_those_of_the_metric_and_a_data_file_has_no_course()
    {
        var look = new LookReadout { Metric = "spend", TreatmentIndex = 1, Look = 1, TakenAt = Time(50), Watermark = 1, InformationFraction = 0.5, Z = 1, BoundaryZ = 3, Crossed = false };
        var scene = Everything(AnalysisMethod.GroupSequential, rare: false);
        scene.Looks = [look, look with { Metric = "purchase" }];
        Assert.Equal([look], scene.Trace("spend").Looks);
        Assert.Empty(scene.Trace("crash").Looks);
        Assert.Throws<ArgumentException>("metric", () => TimelineReadout.Trace(Input(scene, final: false), Scene.Metric("other", MetricType.Binary)));
        Assert.Throws<ArgumentException>("input", () => TimelineReadout.Trace(Input(scene, final: true), scene.Design.Metrics.Primary));
    }

    private static ReadoutInput Input(Scene scene, bool final) => new(
        scene.Design, scene.Plan, "checkout", "running", 1, 0, new MeasuredExperiment("checkout", 1, 1, null, 0, ImmutableDictionary<AccumulatorKey, Accumulator>.Empty), [], AsOf, AllPairs: false, final);
}
