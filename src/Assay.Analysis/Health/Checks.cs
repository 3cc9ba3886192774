using System.Globalization;

namespace Assay.Analysis.Health;

/// <summary>How the result of a check is put together.</summary>
internal static class Checks
{
    public static HealthCheck NotApplicable(HealthCode code, string detail) => Of(code, HealthCheckStatus.NotApplicable, detail, "", null);

    public static HealthCheck Unknown(HealthCode code, string detail, HealthEvidence? evidence = null) => Of(code, HealthCheckStatus.Unknown, detail, "", evidence);

    /// <param name="code">What is checked.</param>
    /// <param name="status">What was found.</param>
    /// <param name="detail">It in a sentence.</param>
    /// <param name="action">What to do if it is something to watch or a problem.</param>
    /// <param name="evidence">The numbers.</param>
    public static HealthCheck Of(HealthCode code, HealthCheckStatus status, string detail, string action, HealthEvidence? evidence) => new()
    {
        Code = code,
        Status = status,
        Title = TitleOf(code),
        Detail = detail,
        Action = status >= HealthCheckStatus.Watch ? action : null,
        Evidence = evidence,
    };

    /// <summary>What a p-value of a test with a stated level says.</summary>
    public static HealthCheckStatus StatusOf(double p) =>
        p <= HealthRules.ProblemLevel ? HealthCheckStatus.Problem : p <= HealthRules.WatchLevel ? HealthCheckStatus.Watch : HealthCheckStatus.Ok;

    public static HealthCheckStatus Worse(HealthCheckStatus a, HealthCheckStatus b) => a > b ? a : b;

    /// <summary>A sentence with numbers as every language writes them here: invariant.</summary>
    public static string Say(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);

    /// <summary>A share in percent: two digits, and those before the point.</summary>
    public static string Percent(double? share) => share is { } known ? $"{(100 * known).ToString(known >= 0.1 ? "N0" : "G2", CultureInfo.InvariantCulture)} %" : "none";

    private static string TitleOf(HealthCode code) => code switch
    {
        HealthCode.SampleRatio => "Sample ratio",
        HealthCode.Crossovers => "Units in more than one arm",
        HealthCode.RefusedExposures => "Refused exposures",
        HealthCode.DuplicateExposures => "Repeated exposures",
        HealthCode.EarlyEvents => "Events before exposure",
        HealthCode.UnexposedEvents => "Events without exposure",
        HealthCode.AfterWindowEvents => "Events after the window",
        HealthCode.LateArrivals => "Late arrivals",
        HealthCode.RearmedUnits => "Units that changed arm",
        HealthCode.SilentMetrics => "Metrics without events",
        HealthCode.PrePeriodBalance => "Balance before the start",
        HealthCode.DataFreshness => "Fresh data",
        HealthCode.Traffic => "Traffic",
        HealthCode.Duration => "Duration",
        HealthCode.Baseline => "Means as planned",
        HealthCode.Variance => "Deviations as planned",
        HealthCode.ConcurrentAssignment => "Independent assignment",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Not a check."),
    };
}
