using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Verdicts;

/// <summary>When an answer is to be expected.</summary>
/// <param name="UnitsPerDay">Units a day it counts on: observed ones, before there are any the expected ones; null when neither is known.</param>
/// <param name="SizeFactor">Units that the observed baseline and variance ask for over the planned ones; null while they are not known.</param>
/// <param name="PlanCompleteAt">When every arm has its planned units with closed windows.</param>
/// <param name="ReEstimatedAt">When every arm has the re-estimated units.</param>
internal sealed record Forecast(double? UnitsPerDay, double? SizeFactor, DateTimeOffset? PlanCompleteAt, DateTimeOffset? ReEstimatedAt)
{
    /// <summary>Completed control units before a variance is believed.</summary>
    private const long Enough = 100;

    /// <summary>
    /// The time an answer is expected at: the plan's end, or the re-estimated time where that is earlier and the method may be read by then. Null where it has passed: arrivals have stopped, and it
    /// was counted from the last. By the full hour, as everything that hangs on the clock.
    /// </summary>
    /// <param name="method">The method that decides.</param>
    /// <param name="asOf">Now.</param>
    public DateTimeOffset? AnswerAt(AnalysisMethod method, DateTimeOffset asOf)
    {
        var hour = asOf.AddTicks(-(asOf.UtcTicks % TimeSpan.TicksPerHour));
        var at = method == AnalysisMethod.AlwaysValid && ReEstimatedAt > hour && ReEstimatedAt < PlanCompleteAt ? ReEstimatedAt
            : method == AnalysisMethod.GroupSequential && ReEstimatedAt is not null ? ReEstimatedAt
            : PlanCompleteAt;
        return at > hour ? at : null;
    }

    public static Forecast Of(DecisionBasis basis, Arrivals arrivals)
    {
        var daily = arrivals.UnitsPerDay > 0 ? arrivals.UnitsPerDay : Pricing.DailyUnits(basis.Input.Design.Setup);
        var factor = Factor(basis);
        return new Forecast(daily, factor, At(basis, arrivals, daily, 1), factor is { } known ? At(basis, arrivals, daily, known) : null);
    }

    /// <summary>
    /// (s/m)² observed over planned, m the control's mean and s its standard deviation: units grow with the variance and fall with the square of the effect, which is a percentage of the mean. A test at
    /// recorded looks needs the planned information on the difference, whose effect does not move with the mean: s² alone.
    /// </summary>
    private static double? Factor(DecisionBasis basis)
    {
        var design = basis.Input.Design;
        var primary = design.Metrics.Primary;
        var control = basis.Primaries[0].Comparisons.Count == 0 ? null : basis.Primaries[0].Comparisons[0].Completed.Control;
        if (control is not { ExposedUsers: >= Enough, Mean: { } mean, Std: { } deviation } || mean == 0 || deviation == 0 || primary.BaselineValue is not { } baseline || baseline == 0) return null;
        var planned = primary.Type == MetricType.Binary ? Math.Sqrt(baseline * (1 - baseline)) : primary.StdDev ?? 0;
        var spread = deviation / planned;
        var factor = basis.Input.Method == AnalysisMethod.GroupSequential ? spread * spread : spread * spread * (baseline / mean) * (baseline / mean);
        return double.IsFinite(factor) && factor > 0 ? factor : null;
    }

    private static DateTimeOffset? At(DecisionBasis basis, Arrivals arrivals, double? daily, double factor)
    {
        var (design, sizes) = (basis.Input.Design, basis.Input.Sizes);
        // Without a unit there is no time to count from but the clock, which no answer may follow.
        if (daily is not { } units || sizes.Length == 0 || arrivals.IsEmpty) return null;
        double latest = 0;
        for (var arm = 0; arm < sizes.Length; arm++)
        {
            if (sizes[arm] <= 0) continue;
            foreach (var metric in basis.Primaries.Select(primary => primary.Metric).Concat(design.Metrics.Guardrails))
            {
                if (arrivals.Reaches(metric, arm, Math.Ceiling(sizes[arm] * factor), units * design.Setup.Shares[arm]) is not { } at) return null;
                latest = Math.Max(latest, at);
            }
        }

        // Beyond a century nobody waits.
        return latest - arrivals.End < 36_500.0 * TimeSpan.MicrosecondsPerDay ? Populations.Time((long)latest) : null;
    }
}
