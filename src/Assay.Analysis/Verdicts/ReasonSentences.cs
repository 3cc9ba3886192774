using System.Globalization;

namespace Assay.Analysis.Verdicts;

/// <summary>The sentence of a reason, from its code and parameters: the one place where they are worded and their numbers formatted.</summary>
internal static class ReasonSentences
{
    /// <summary>A reason with its sentence.</summary>
    public static VerdictReason Reason(string code, ReasonParameters parameters) => new() { Code = code, Parameters = parameters, Sentence = Of(code, parameters) };

    /// <summary>A sentence in plain words.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A code that nobody lists, or parameters of another one.</exception>
    public static string Of(string code, ReasonParameters parameters) => (code, parameters) switch
    {
        (ReasonCodes.HealthProblem, HealthParameters p) => $"The data have a problem ({string.Join(", ", p.Titles)}): find its cause before trusting any comparison.",
        (ReasonCodes.GuardrailHarm, GuardrailParameters p) => $"{p.Variation} harms {p.Metric}: the difference lies within {Range(p.HarmCiLower, p.HarmCiUpper)} (level {Level(p.HarmLevel)}), wholly on the undesired side.",
        (ReasonCodes.GuardrailUnknown, GuardrailParameters p) => $"{p.Variation} is not shown to keep {p.Metric} within its margin of {Plain(p.MarginPct)} %, nor to harm it.",
        (ReasonCodes.GuardrailsSafe, SafeGuardrailsParameters p) => $"{p.Variation} is shown to keep every guardrail: {string.Join(", ", p.Metrics)}.",
        (ReasonCodes.PrimaryBetter, EffectParameters p) => $"{p.Variation} is better on {p.Metric}: {Effect(p)}.",
        (ReasonCodes.PrimaryWorse, EffectParameters p) => $"{p.Variation} is worse on {p.Metric}: {Effect(p)}.",
        (ReasonCodes.Undecided, EffectParameters p) => $"{p.Variation} is neither better nor worse on {p.Metric} yet: {Effect(p)}.",
        (ReasonCodes.BelowMinimumEffect, ThresholdParameters p) => $"{p.Variation} is not shown to gain more than the declared minimum of {Plain(p.ThresholdPct)} % on {p.Metric}: its interval begins at {Bound(p.BoundPct)}.",
        (ReasonCodes.BelowWorthwhileEffect, ThresholdParameters p) => $"{p.Variation} gains less than {Plain(p.ThresholdPct)} % on {p.Metric}: its interval ends at {Bound(p.BoundPct)}.",
        (ReasonCodes.Locked, MetricParameters p) => $"{p.Variation} may not be read on {p.Metric} before its planned size or look.",
        (ReasonCodes.TooEarly, MetricParameters p) => $"{p.Variation} has too few conversions or units on {p.Metric} for its test to be trustworthy yet.",
        (ReasonCodes.InsufficientData, MetricParameters p) => $"{p.Variation} has no units, or no variance, to judge {p.Metric} by.",
        (ReasonCodes.ReferenceOnly, MethodParameters) => "A posterior is for reference and ships nothing: repeated looks at it do not keep a rate of false positives.",
        (ReasonCodes.PlanComplete, ProgressParameters p) => $"The plan is complete: {Count(p.Completed)} units with closed windows of {Count(p.Planned)} planned in the arm that is farthest behind.",
        (ReasonCodes.PlanIncomplete, ProgressParameters p) => $"{Count(p.Completed)} of {Count(p.Planned)} planned units have closed windows in the arm that is farthest behind{(p.UnitsPerDay is { } daily ? $", counting on {Count(daily)} units a day in all" : "")}.",
        (ReasonCodes.Stopped, StoppedParameters { WindowsOpenUntil: { } until }) => $"The experiment was stopped; its last window closes at {Moment(until)}.",
        (ReasonCodes.Stopped, StoppedParameters) => "The experiment was stopped, and every window has closed.",
        (ReasonCodes.NotStarted, NoParameters) => "The experiment has not been started.",
        (ReasonCodes.FinalData, NoParameters) => "The file is taken as complete.",
        (ReasonCodes.NothingToCompare, NoParameters) => "The split leaves no treatment to compare with a control.",
        (ReasonCodes.Tied, TieParameters p) => $"{string.Join(" and ", p.Variations)} cannot be told apart; {p.Variations[0]} has the larger estimate.",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No reason has such a code and parameters."),
    };

    /// <summary>A day, for people.</summary>
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Percent, to three digits.</summary>
    public static string Plain(double percent) => percent.ToString("G3", CultureInfo.InvariantCulture);

    private static string Effect(EffectParameters p) => p is { EffectRelative: { } relative, CiRelativeLower: { } low, CiRelativeUpper: { } high }
        ? $"{Percent(relative)} ({Percent(low)} to {Percent(high)}, level {Level(p.Level)})"
        : $"{Number(p.Effect)} ({Range(p.CiLower, p.CiUpper)}, level {Level(p.Level)})";

    private static string Percent(double fraction) => $"{(100 * fraction).ToString(Math.Abs(fraction) < 0.1 ? "+0.00;−0.00;0.00" : "+#,0.0;−#,0.0;0.0", CultureInfo.InvariantCulture)} %";

    private static string Bound(double? percent) => percent is { } value ? Percent(value / 100) : "no bound";

    private static string Range(double? low, double? high) => $"{Number(low)} to {Number(high)}";

    private static string Number(double? value) => value is { } number ? number.ToString("G4", CultureInfo.InvariantCulture) : "no bound";

    private static string Level(double level) => level.ToString("G3", CultureInfo.InvariantCulture);

    private static string Count(double count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
