using System.Text.Json;
using Assay.Analysis.Health;
using Assay.Analysis.Wording;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What the states and numbers of health are called. Findings come from the readout in whole sentences.</summary>
internal static class HealthWords
{
    private static readonly Texts Text = Texts.Of(typeof(HealthWords));

    public static string Title => Text.Get();
    public static string NoProblem => Text.Get();
    public static string Watch => Text.Get();
    public static string Problem => Text.Get();
    public static string Action => Text.Get();
    public static string PValue => Text.Get();
    public static string Level => Text.Get();
    public static string Limit => Text.Get();
    public static string LimitBelow => Text.Get();
    public static string LimitAway => Text.Get();
    public static string Days => Text.Get();
    public static string DaysJudged => Text.Get();
    public static string SegmentValuesJudged => Text.Get();
    public static string Received => Text.Get();
    public static string Exposed => Text.Get();
    public static string Completed => Text.Get();
    public static string StartsAt => Text.Get();
    public static string LastEvent => Text.Get();
    public static string SilentHours => Text.Get();
    public static string UsualPerDay => Text.Get();
    public static string ExpectedSince => Text.Get();
    public static string MeasuredPerDay => Text.Get();
    public static string PlannedPerDay => Text.Get();
    public static string PlannedDays => Text.Get();
    public static string PlannedUnits => Text.Get();
    public static string MetricsJudged => Text.Get();
    public static string Seed => Text.Get();
    public static string HashVersion => Text.Get();

    public static string Status(HealthStatus status) => Text.Case(nameof(Status), status);

    public static string Note(HealthStatus status) => status switch
    {
        HealthStatus.Problem => Problem,
        HealthStatus.Watch => Watch,
        _ => NoProblem,
    };

    /// <summary>A word and a sign, so that colour never stands alone.</summary>
    public static string Status(HealthCheckStatus status) => Text.Case(nameof(Status), status);

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

    public static string Quiet(int checks) => Text.Plural(nameof(Quiet), checks, Figures.Count(checks));

    public static string Of(string count, string of, string rate) => Text.Format(nameof(Of), count, of, rate);

    public static string AsPlanned(string measured, string planned) => Text.Format(nameof(AsPlanned), measured, planned);

    public static string Counts(string counts, string? p) => p is null ? counts : Text.Format(nameof(Counts), counts, p);

    public static string CountsAdjusted(string counts, string p) => Text.Format(nameof(CountsAdjusted), counts, p);

    public static string Balance(string deviations, string missing, string p) => Text.Format(nameof(Balance), deviations, missing, p);

    /// <summary>A check, found well, before its sentence.</summary>
    public static string Titled(HealthCheck check) => Labels.Pair(Status(check.Status), check.Title);
}
