using System.Text.Json;
using Assay.Analysis.Health;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What the states and numbers of health are called. Findings come from the readout in whole sentences.</summary>
internal static class HealthWords
{
    public const string Title = "Health";
    public const string NoProblem = "No check found anything.";
    public const string Watch = "Something to look at; comparisons may be trusted.";
    public const string Problem = "Do not decide before the cause is known.";
    public const string Action = "What to do:";
    public const string PValue = "p, valid at every look";
    public const string PValueAdjusted = "adjusted p";
    public const string Level = "problem at p ≤";
    public const string Limit = "to watch above";
    public const string LimitBelow = "to watch below";
    public const string LimitAway = "to watch beyond ±";
    public const string Days = "days";
    public const string DaysJudged = "days judged";
    public const string SegmentValuesJudged = "segment values judged";
    public const string Received = "exposures received";
    public const string Exposed = "units exposed";
    public const string Completed = "units completed";
    public const string StartsAt = "starts at";
    public const string LastEvent = "last exposure or event";
    public const string SilentHours = "full hours since";
    public const string UsualPerDay = "usual a day";
    public const string ExpectedSince = "expected since";
    public const string MeasuredPerDay = "units a day";
    public const string PlannedPerDay = "planned a day";
    public const string PlannedDays = "planned days";
    public const string PlannedUnits = "planned units";
    public const string MetricsJudged = "metrics judged";
    public const string StandardisedDifference = "standard deviations";
    public const string MissingDifference = "missing";
    public const string Planned = "planned";
    public const string Seed = "seed of the hash";
    public const string HashVersion = "version of the hash";

    public static string Status(HealthStatus status) => status switch
    {
        HealthStatus.Problem => "! Problem",
        HealthStatus.Watch => "△ Watch",
        _ => "✓ OK",
    };

    public static string Note(HealthStatus status) => status switch
    {
        HealthStatus.Problem => Problem,
        HealthStatus.Watch => Watch,
        _ => NoProblem,
    };

    /// <summary>A word and a sign, so that colour never stands alone.</summary>
    public static string Status(HealthCheckStatus status) => status switch
    {
        HealthCheckStatus.Problem => "! Problem",
        HealthCheckStatus.Watch => "△ Watch",
        HealthCheckStatus.Ok => "✓ OK",
        HealthCheckStatus.Unknown => "? Unknown",
        _ => "– Not applicable",
    };

    public static string Style(HealthCheckStatus status) => status switch
    {
        HealthCheckStatus.Problem => "bad",
        HealthCheckStatus.Watch => "ready",
        HealthCheckStatus.Ok => "good",
        _ => "calm",
    };

    public static string Style(HealthStatus status) => status switch
    {
        HealthStatus.Problem => "bad",
        HealthStatus.Watch => "ready",
        _ => "good",
    };

    public static string Stage(HealthStage stage) => stage switch
    {
        HealthStage.Received => Received,
        HealthStage.Exposed => Exposed,
        _ => Completed,
    };

    /// <summary>A check as the API names it.</summary>
    public static string Wire(HealthCode code) => JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString());

    public static string Quiet(int checks) => checks == 1 ? "1 check without a finding" : $"{checks} checks without a finding";

    public static string Of(string count, string of, string rate) => $"{count} of {of} ({rate})";
}
