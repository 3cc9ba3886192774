using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;

namespace Assay.Server.Tests.Dashboard;

/// <summary>A course of the primary metric, or of a secondary one, that ends in a given readout: a funnel of so many days, too early on the first five.</summary>
internal static class SampleCourse
{
    public static TimelineReadout Of(Design design, Readout readout, int days, IReadOnlyList<LookReadout>? looks = null, Metric? metric = null) => new()
    {
        ExperimentId = design.Key,
        Status = readout.Status,
        AsOf = readout.AsOf,
        Watermark = 7,
        Metric = (metric ?? design.Metrics.Primary).Name,
        MetricType = (metric ?? design.Metrics.Primary).Type,
        Direction = (metric ?? design.Metrics.Primary).Direction,
        Method = design.Constraints.Analysis,
        Looks = looks ?? [],
        Points = readout.Population.Completed == 0 ? [] : [.. Enumerable.Range(1, days).Select(day => Point(readout, metric is null ? readout.Comparisons : readout.Secondary.Single(own => own.Name == metric.Name).Comparisons, day, days))],
    };

    private static TimelinePoint Point(Readout readout, IReadOnlyList<ComparisonReadout> comparisons, int day, int days)
    {
        var (share, width) = ((double)day / days, Math.Sqrt((double)days / day));
        ArmReadout Arm(ArmReadout arm) => arm with { ExposedUsers = (long)(arm.ExposedUsers * share) };
        double? Wide(double? end, double? effect) => effect + ((end - effect) * width);
        var at = new DateTimeOffset(readout.AsOf.UtcDateTime.Date, TimeSpan.Zero);
        return new()
        {
            At = day == days ? readout.AsOf : at.AddDays(day - days + 1),
            CompletedArms = [Arm(comparisons[0].Completed.Control), .. comparisons.Select(comparison => Arm(comparison.Completed.Treatment))],
            Comparisons = [.. comparisons.Select(comparison =>
            {
                var (decision, effect) = (comparison.Decision, comparison.Completed.Effect);
                return new TimelineComparison
                {
                    TreatmentIndex = comparison.TreatmentIndex,
                    Effect = effect,
                    EffectRelative = comparison.Completed.EffectRelative,
                    AlwaysValid = comparison.AlwaysValid,
                    Decision = decision.Method != AnalysisMethod.AlwaysValid ? null
                        : day < 6 ? decision with { Status = InferenceStatus.TooEarly, CiLower = null, CiUpper = null, PValue = null, PValueAdjusted = null, IsSignificant = false }
                        : decision with { CiLower = Wide(decision.CiLower, effect), CiUpper = Wide(decision.CiUpper, effect), IsSignificant = decision.IsSignificant && day * 2 > days },
                };
            })],
        };
    }
}
