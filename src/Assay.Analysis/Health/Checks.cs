namespace Assay.Analysis.Health;

/// <summary>How the result of a check is put together.</summary>
internal static class Checks
{
    public static HealthCheck NotApplicable(HealthCode code, string detail) => Of(code, HealthCheckStatus.NotApplicable, detail, null);

    public static HealthCheck Unknown(HealthCode code, string detail, HealthEvidence? evidence = null) => Of(code, HealthCheckStatus.Unknown, detail, evidence);

    /// <param name="code">What is checked.</param>
    /// <param name="status">What was found.</param>
    /// <param name="detail">It in a sentence.</param>
    /// <param name="evidence">The numbers.</param>
    public static HealthCheck Of(HealthCode code, HealthCheckStatus status, string detail, HealthEvidence? evidence) => new()
    {
        Code = code,
        Status = status,
        Title = HealthSentences.Title(code),
        Detail = detail,
        Action = status >= HealthCheckStatus.Watch ? HealthSentences.Action(code) : null,
        Evidence = evidence,
    };

    /// <summary>What a p-value of a test with a stated level says.</summary>
    public static HealthCheckStatus StatusOf(double p) =>
        p <= HealthRules.ProblemLevel ? HealthCheckStatus.Problem : p <= HealthRules.WatchLevel ? HealthCheckStatus.Watch : HealthCheckStatus.Ok;

    public static HealthCheckStatus Worse(HealthCheckStatus a, HealthCheckStatus b) => a > b ? a : b;
}
