using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Server.Metrics;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What a status, a finding, a method is called.</summary>
internal static class Words
{
    public static string Days(int days) => days == 1 ? "1 day" : $"{Figures.Count(days)} days";

    /// <summary>What is randomised, in the plural.</summary>
    public static string Units(ExperimentSheet sheet) => sheet.Design.Setup.Unit is var unit && unit.EndsWith('s') ? unit : unit + "s";

    public static string Status(ExperimentStatus status) => status switch
    {
        ExperimentStatus.Draft => "Draft",
        ExperimentStatus.Running => "Running",
        ExperimentStatus.Paused => "Paused",
        ExperimentStatus.Stopped => "Stopped",
        _ => "Archived",
    };

    public static string Day(ExperimentSheet sheet) => (sheet.Day, sheet.Experiment.Plan.DurationDays) switch
    {
        (null, { } planned) => $"Planned for {Days(planned)}",
        (null, null) => "Not started",
        ({ } day, { } planned) when day <= planned => $"Day {day} of {planned}",
        ({ } day, { } planned) => $"Day {day}, planned {planned}",
        ({ } day, null) => $"Day {day}",
    };

    public static string Attention(Attention attention) => attention switch
    {
        Dashboard.Attention.SampleRatio => "Sample ratio alarm",
        Dashboard.Attention.Problem => "Data problem",
        Dashboard.Attention.Harm => "Harm shown",
        Dashboard.Attention.ReadyToDecide => "Ready to decide",
        Dashboard.Attention.Running => "Running",
        Dashboard.Attention.Paused => "Paused",
        Dashboard.Attention.Draft => "Draft",
        Dashboard.Attention.Stopped => "Stopped",
        _ => "Archived",
    };

    public static string Finding(Finding finding) => finding switch
    {
        Dashboard.Finding.Better => "Better",
        Dashboard.Finding.BetterBelowMinimum => "Better, minimum not shown",
        Dashboard.Finding.Worse => "Worse",
        Dashboard.Finding.NotShown => "Not shown",
        Dashboard.Finding.TooEarly => "Too early",
        Dashboard.Finding.Locked => "Locked",
        Dashboard.Finding.ReferenceOnly => "Reference",
        _ => "No data yet",
    };

    /// <summary>The finding, and which way it went: a sign beside the word, so that colour is never alone.</summary>
    public static string Found(EffectRow row) => row.Finding is Dashboard.Finding.Better or Dashboard.Finding.BetterBelowMinimum or Dashboard.Finding.Worse
        ? $"{(Findings.IsRise(row.Comparison) ? "↑" : "↓")} {Finding(row.Finding)}"
        : Finding(row.Finding);

    public static string P(double p) => p < 0.001 ? $"p {Figures.P(p)}" : $"p = {Figures.P(p)}";

    public static string Role(MetricRole role) => role switch
    {
        MetricRole.Primary => "primary",
        MetricRole.Secondary => "secondary",
        _ => "guardrail",
    };

    public static string Direction(Direction direction) => direction == Analysis.Designs.Direction.Increase ? "higher is better" : "lower is better";

    public static string Type(MetricType type) => type switch
    {
        MetricType.Binary => "share of units with an event",
        MetricType.Continuous => "mean value per unit",
        MetricType.Count => "events per unit",
        _ => "ratio of sums",
    };

    public static string Method(AnalysisMethod method) => method switch
    {
        AnalysisMethod.AlwaysValid => "Always-valid confidence sequence",
        AnalysisMethod.GroupSequential => "Group sequential",
        AnalysisMethod.FixedHorizon => "Fixed horizon",
        _ => "Bayesian posterior",
    };

    public static string Test(FixedMethod method) => method switch
    {
        FixedMethod.TwoProportionZ => "pooled two-proportion z, score interval",
        FixedMethod.WelchT => "Welch's t",
        _ => "Welch's t of adjusted means",
    };

    public static string ValidityWords(Validity validity) => validity switch
    {
        Validity.AnyLook => "Valid at every look, however often it is read",
        Validity.AtRecordedLook => "Valid at the recorded looks",
        Validity.AtPlannedSize => "Valid once, at the planned size",
        _ => "For reference only",
    };

    public static string SampleRatio(SampleRatioStatus status) => status switch
    {
        SampleRatioStatus.Ok => "No mismatch",
        SampleRatioStatus.Alarm => "Alarm",
        _ => "No units yet",
    };

    public static string Guardrail(GuardrailState state) => state switch
    {
        GuardrailState.Safe => "Safe",
        GuardrailState.Harm => "Harm",
        _ => "Unknown",
    };

    public static string Cuped(CupedStatus status) => status switch
    {
        CupedStatus.Available => "Available",
        CupedStatus.Unavailable => "No covariate values among the completed units yet",
        _ => "The design declares no covariate",
    };

    /// <summary>One row of the forest plot, read aloud.</summary>
    public static string Aloud(EffectRow row) => row.Decided is null
        ? $"{row.Treatment} on {row.Metric}: {Finding(row.Finding)}"
        : $"{row.Treatment} on {row.Metric}: {row.Relative}, {row.RelativeInterval}. {Finding(row.Finding)}";
}
