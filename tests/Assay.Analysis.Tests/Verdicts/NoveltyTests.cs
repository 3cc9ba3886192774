using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Analysis.Tests.Readouts;
using Assay.Analysis.Verdicts;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Tests.Verdicts;

public sealed class NoveltyTests
{
    private const long Units = 40_000;

    private static Scene Of(double hours = 48, int arms = 2)
    {
        var design = Scene.DesignOf(Scene.Metric("purchase", MetricType.Binary) with { BaselineValue = 0.1, WindowHours = hours }, arms);
        return new Scene { Design = design, Plan = Scene.PlanOf([.. Enumerable.Repeat(Units, arms)]) with { Ages = AgePlan.Of(design) } };
    }

    /// <summary>Units that did so on no day, on the first, on the second and on both.</summary>
    private static Scene Add(Scene scene, int arm, long none, long first, long second, long both, string metric = "purchase", long? maturesAt = null) => scene
        .Aged(arm, metric, [0, 0], none, maturesAt).Aged(arm, metric, [1, 0], first, maturesAt).Aged(arm, metric, [0, 1], second, maturesAt).Aged(arm, metric, [1, 1], both, maturesAt);

    private static NoveltyReadout Read(Scene scene) => scene.Read().Also[0].Novelty;

    /// <summary>By hand: the slope of two ages is the difference of two logarithms of ratios, and its variance is that of a log-linear contrast of a multinomial.</summary>
    [Fact]
    public void The_slope_of_two_ages_is_the_difference_of_two_log_ratios_with_the_variance_of_the_same_units()
    {
        var scene = Add(Add(Of(), 0, 17_000, 2_000, 500, 500), 1, 16_000, 3_000, 500, 500);
        var novelty = Read(scene);
        // First days 2,500 and 3,500, second days 1,000 and 1,000.
        var slope = Math.Log(1_000.0 / 1_000) - Math.Log(3_500.0 / 2_500);
        // Var(ln m₂ − ln m₁) = Σ over units of (y₂/m₂ − y₁/m₁)²/n², less nothing, since the mean of that is 0; n/(n − 1) for the sample variance.
        double Variance(double first, double second, double both, double n) =>
            ((first * Math.Pow(n / (first + both), 2)) + (second * Math.Pow(n / (second + both), 2)) + (both * Math.Pow((n / (second + both)) - (n / (first + both)), 2))) / n / (n - 1);
        var error = Math.Sqrt(Variance(2_000, 500, 500, 20_000) + Variance(3_000, 500, 500, 20_000));
        Assert.Equal((NoveltyStatus.Ok, 20_000, 20_000), (novelty.Status, novelty.ControlUnits, novelty.TreatmentUnits));
        Assert.Equal(slope, novelty.Slope!.PerDay, 1e-12);
        Assert.Equal(error, novelty.Slope.StandardError, 1e-12);
        Assert.Equal(-slope, novelty.EarlyLessLate!.Value, 1e-12);
        Assert.Equal(error, novelty.EarlyLessLate.StandardError, 1e-12);
        Assert.Equal((0, 1, 0.125, 0.175), (novelty.Ages[0].FromDays, novelty.Ages[0].ToDays, novelty.Ages[0].ControlMean, novelty.Ages[0].TreatmentMean));
        Assert.Equal(0.4, novelty.Ages[0].EffectRelative!.Value, 1e-12);
        var radius = Normal.TwoSidedCritical(1 - Math.Sqrt(0.95)) * Math.Sqrt(((1 - 0.125) / 2_500 * 20_000 / 19_999) + ((1 - 0.175) / 3_500 * 20_000 / 19_999));
        Assert.Equal(Math.Exp(Math.Log(1.4) - radius) - 1, novelty.Ages[0].CiRelativeLower!.Value, 1e-10);
        Assert.Equal(Math.Exp(Math.Log(1.4) + radius) - 1, novelty.Ages[0].CiRelativeUpper!.Value, 1e-10);
    }

    [Theory]
    [InlineData(3_000, 500, NoveltyCourse.Fading)]
    [InlineData(2_000, 1_200, NoveltyCourse.Growing)]
    [InlineData(1_300, 500, NoveltyCourse.Fading)]
    public void A_change_with_age_is_flagged_and_named_whichever_way_the_effect_goes(long first, long second, NoveltyCourse course)
    {
        var novelty = Read(Add(Add(Of(), 0, 17_000, 2_000, 500, 500), 1, 19_500 - first - second, first, second, 500));
        Assert.Equal((true, course), (novelty.IsFlagged, novelty.Course));
        Assert.True(novelty.Slope!.PValueAdjusted < 0.01);
        Assert.False(novelty.Slope.CiLower < 0 && novelty.Slope.CiUpper > 0);
    }

    /// <summary>A lift of 30 % on both days, of which the second has a fifth of the purchases: in absolute terms the effect falls by four fifths.</summary>
    [Fact]
    public void An_effect_that_lasts_is_not_flagged_though_fewer_do_anything_late()
    {
        var novelty = Read(Add(Add(Of(), 0, 14_000, 5_000, 1_000, 0), 1, 12_200, 6_500, 1_300, 0));
        Assert.Equal((NoveltyStatus.Ok, false, null), (novelty.Status, novelty.IsFlagged, novelty.Course));
        Assert.Equal(0, novelty.Slope!.PerDay, 1e-12);
        Assert.Equal(1, novelty.Slope.PValue);
        Assert.Equal(0.3, novelty.Ages[1].EffectRelative!.Value, 1e-12);
    }

    [Fact]
    public void Units_of_open_windows_are_not_read()
    {
        var scene = Add(Add(Of(), 0, 14_000, 5_000, 1_000, 0), 1, 12_200, 6_500, 1_300, 0);
        var before = Read(scene);
        var after = Read(Add(scene, 1, 0, 5_000, 0, 0, maturesAt: Scene.Open));
        Assert.Equal(before.Slope, after.Slope);
        Assert.Equal(before.TreatmentUnits, after.TreatmentUnits);
    }

    [Fact]
    public void Too_few_at_one_age_are_too_early_and_what_is_seen_is_told_without_an_interval()
    {
        var novelty = Read(Add(Add(Of(), 0, 17_000, 2_000, 500, 500), 1, 17_000, 2_000, 80, 0));
        Assert.Equal((NoveltyStatus.TooEarly, false, null), (novelty.Status, novelty.IsFlagged, novelty.Slope));
        Assert.Equal(2, novelty.Ages.Count);
        Assert.All(novelty.Ages, age => Assert.Equal((true, null), (age.Effect is not null, age.CiRelativeLower)));
    }

    [Fact]
    public void Without_units_a_window_of_two_days_or_kept_ages_the_status_says_so()
    {
        var empty = Read(Of());
        Assert.Equal((NoveltyStatus.InsufficientData, 2), (empty.Status, empty.Ages.Count));
        Assert.Null(empty.Ages[0].ControlMean);
        Assert.Equal((NoveltyStatus.ShortWindow, 0), (Read(Of(hours: 24)).Status, Read(Of(hours: 24)).Ages.Count));
        var old = Add(Add(Of(), 0, 17_000, 2_000, 500, 500), 1, 16_000, 3_000, 500, 500);
        old.Plan = old.Plan! with { Ages = [] };
        Assert.Equal((NoveltyStatus.NotKept, false), (Read(old).Status, Read(old).IsFlagged));
    }

    [Fact]
    public void All_primaries_and_treatments_share_the_correction_and_one_that_cannot_be_read_counts_as_one()
    {
        var scene = Of(arms: 3).Metrics(metrics => metrics with { MorePrimaries = [metrics.Primary with { Name = "signup" }] });
        scene.Plan = scene.Plan! with { Ages = AgePlan.Of(scene.Design) };
        Add(Add(scene, 0, 17_000, 2_000, 500, 500), 1, 16_550, 2_450, 500, 500);
        var also = scene.Read().Also;
        Assert.Equal(["purchase/1", "purchase/2", "signup/1", "signup/2"], also.Select(one => $"{one.Metric}/{one.VariationIndex}"));
        var slope = also[0].Novelty.Slope!;
        Assert.Equal(Math.Min(1, 4 * slope.PValue!.Value), slope.PValueAdjusted!.Value, 1e-12);
        Assert.Equal(slope.PValueAdjusted < 0.01, also[0].Novelty.IsFlagged);
        Assert.Equal(NoveltyStatus.InsufficientData, also[3].Novelty.Status);
    }

    /// <summary>Whatever the ages show, the verdict says the same.</summary>
    [Fact]
    public void The_verdict_reads_none_of_it()
    {
        var scene = Add(Add(Of(), 0, 17_000, 2_000, 500, 500), 1, 16_000, 3_000, 500, 500);
        var with = scene.Read();
        scene.Plan = scene.Plan! with { Ages = [] };
        var without = scene.Read();
        Assert.True(with.Also[0].Novelty.IsFlagged);
        Assert.Equal((without.Verdict.Status, without.Verdict.Sentence), (with.Verdict.Status, with.Verdict.Sentence));
        Assert.Equal(without.Verdict.Reasons.Select(reason => reason.Sentence), with.Verdict.Reasons.Select(reason => reason.Sentence));
        Assert.Equal(without.ExposuresTotal, with.ExposuresTotal);
        Assert.Empty(with.Segments.Attributes);
    }
}
