using Assay.Analysis.Readouts;

namespace Assay.Analysis.Health;

/// <summary>Every check, in the order of the codes.</summary>
internal static class HealthChecks
{
    public static HealthReadout Judge(ReadoutInput input, ExperimentUnits units, SampleRatioReadout sampleRatio, SegmentsReadout segments)
    {
        var facts = new HealthFacts(input, units, sampleRatio, segments);
        HealthCheck[] checks =
        [
            SampleRatioCheck.Judge(facts),
            CrossoverCheck.Judge(facts),
            ReceiptChecks.Refused(facts),
            ReceiptChecks.Duplicates(facts),
            EventChecks.Early(facts),
            EventChecks.Unexposed(facts),
            EventChecks.AfterWindow(facts),
            LatenessChecks.LateArrivals(facts),
            LatenessChecks.Rearmed(facts),
            SilentMetricsCheck.Judge(facts),
            PrePeriodCheck.Judge(facts),
            FreshnessCheck.Judge(facts),
            PaceChecks.Traffic(facts),
            PaceChecks.Duration(facts),
            PlanChecks.Baseline(facts),
            PlanChecks.Variance(facts),
            AssignmentCheck.Judge(facts),
        ];
        return new HealthReadout { Status = Worst(checks), Checks = checks };
    }

    private static HealthStatus Worst(HealthCheck[] checks) => checks.Max(check => check.Status) switch
    {
        HealthCheckStatus.Problem => HealthStatus.Problem,
        HealthCheckStatus.Watch => HealthStatus.Watch,
        _ => HealthStatus.Ok,
    };
}
