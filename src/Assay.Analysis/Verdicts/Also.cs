using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Verdicts;

/// <summary>What one should also know, by primary and treatment.</summary>
internal static class Also
{
    private const double Surprising = 3, DaysAYear = 365;

    public static IReadOnlyList<AlsoReadout> Of(DecisionBasis basis, Arrivals arrivals, Forecast forecast)
    {
        // Of a data file nobody has said what to expect, and nothing will be added to it.
        if (basis.Input.Final) return [];
        var novelty = new Novelty(basis);
        return [.. basis.Primaries.SelectMany(primary => basis.Treatments.Select(arm => Of(basis, arrivals, forecast, novelty, primary, arm)))];
    }

    private static AlsoReadout Of(DecisionBasis basis, Arrivals arrivals, Forecast forecast, Novelty novelty, PrimaryBlock primary, int arm)
    {
        var (comparison, design) = (primary.Of(arm), basis.Input.Design);
        return new AlsoReadout
        {
            Validity = Validity.ReferenceOnly,
            Metric = primary.Metric.Name,
            VariationIndex = arm,
            VariationKey = basis.Key(arm),
            ConditionalPower = Completion.IsStopped(basis.Input) ? null : Outlook.Of(basis, primary, arm),
            ReEstimate = ReEstimate(basis, arrivals, forecast),
            Shrunk = Shrunk(comparison, primary.Metric.Direction, design.Metrics.Alpha, design.Metrics.MdePct),
            FalsePositiveRisk = FalsePositiveRisk(comparison.Decision, primary.Metric.Direction, design, basis.Input.Record),
            Twyman = Twyman(comparison.Decision, design.Metrics.MdePct),
            TotalImpact = TotalImpact(comparison.Decision, design.Setup, arrivals),
            Novelty = novelty.Of(primary.Metric, arm),
        };
    }

    private static ReEstimateReadout? ReEstimate(DecisionBasis basis, Arrivals arrivals, Forecast forecast) =>
        forecast is not { UnitsPerDay: { } units, PlanCompleteAt: { } complete } || arrivals.UnitsPerDay == 0 || Completion.IsStopped(basis.Input) ? null : new ReEstimateReadout
        {
            UnitsPerDay = units,
            SizeFactor = forecast.SizeFactor,
            DaysToPlan = Days(complete, arrivals),
            DaysToReEstimate = forecast.ReEstimatedAt is { } at ? Days(at, arrivals) : null,
        };

    /// <summary>From the newest thing that is known, which is as good as now while events come in, and does not move without them.</summary>
    private static double Days(DateTimeOffset at, Arrivals arrivals) => Math.Max(0, (at - Populations.Time(arrivals.End)!.Value).TotalDays);

    private static ShrunkReadout? Shrunk(ComparisonReadout comparison, Direction direction, double alpha, double priorPct)
    {
        if (!comparison.Decision.IsSignificant || ShrunkGain.Of(comparison, direction, priorPct) is not { } gain) return null;
        var (sign, radius) = (DecisionSides.Sign(direction), Normal.TwoSidedCritical(alpha) * gain.Deviation);
        return new ShrunkReadout
        {
            PriorStandardDeviation = priorPct / 100,
            Kept = gain.Kept,
            Effect = gain.Kept * comparison.Decision.Estimate!.Value,
            EffectRelative = sign * gain.Value,
            CredibleRelativeLower = (sign * gain.Value) - radius,
            CredibleRelativeUpper = (sign * gain.Value) + radius,
        };
    }

    private static FalsePositiveReadout? FalsePositiveRisk(DecisionReadout decision, Direction direction, Design design, InstallationRecord? record)
    {
        if (DecisionSides.Find(decision, direction, 0, null).Standing != Standing.Better) return null;
        var (chance, power) = (decision.Level / 2, design.Metrics.Power);
        var known = record?.SuccessRate(power, chance);
        return (known ?? design.Policy.PriorSuccessRate) is not { } prior ? null : new FalsePositiveReadout
        {
            Risk = chance * (1 - prior) / ((chance * (1 - prior)) + (power * prior)),
            PriorSuccessRate = prior,
            PriorSource = known is null ? "policy" : "record",
            DecidedExperiments = known is null ? null : record!.Decided,
            SuccessfulExperiments = known is null ? null : record!.Successes,
            ChanceOfGain = chance,
            Power = power,
        };
    }

    private static TwymanReadout? Twyman(DecisionReadout decision, double mdePct)
    {
        if (!DecisionSides.IsReadable(decision)) return null;
        var limit = Surprising * mdePct / 100;
        double? nearest = decision is { CiRelativeLower: { } low, CiRelativeUpper: { } high } ? Math.Max(0, Math.Max(low, -high)) : null;
        return new TwymanReadout { IsFlagged = nearest > limit, NearestRelative = nearest, LimitRelative = limit };
    }

    private static TotalImpactReadout? TotalImpact(DecisionReadout decision, Setup setup, Arrivals arrivals)
    {
        if (!DecisionSides.IsReadable(decision) || decision.Estimate is not { } effect) return null;
        var observed = arrivals.UnitsPerDay / (setup.TrafficAllocation * (1 - setup.HoldoutFraction));
        if ((setup.ExpectedDailyTraffic ?? (observed > 0 ? observed : null)) is not { } units || !double.IsFinite(units)) return null;
        return new TotalImpactReadout
        {
            UnitsPerDay = units,
            UnitsSource = setup.ExpectedDailyTraffic is null ? "observed" : "expected",
            PerDay = effect * units,
            PerDayLower = Number.Finite(decision.CiLower * units),
            PerDayUpper = Number.Finite(decision.CiUpper * units),
            PerYear = effect * units * DaysAYear,
            PerYearLower = Number.Finite(decision.CiLower * units * DaysAYear),
            PerYearUpper = Number.Finite(decision.CiUpper * units * DaysAYear),
        };
    }
}
