using Assay.Analysis.Wording;

namespace Assay.Analysis.Verdicts;

/// <summary>The sentence of a reason, from its code and parameters: the one place where they are worded and their numbers formatted.</summary>
internal static class ReasonSentences
{
    private static readonly Texts Text = Texts.Of(typeof(ReasonSentences));

    /// <summary>A reason with its sentence.</summary>
    public static VerdictReason Reason(string code, ReasonParameters parameters) => new() { Code = code, Parameters = parameters, Sentence = Of(code, parameters) };

    /// <summary>A sentence in plain words.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A code that nobody lists, or parameters of another one.</exception>
    public static string Of(string code, ReasonParameters parameters) => (code, parameters) switch
    {
        (ReasonCodes.HealthProblem, HealthParameters p) => Text.Format("Of.health_problem", Lists.Listed(p.Titles)),
        (ReasonCodes.GuardrailHarm, GuardrailParameters p) => Text.Format("Of.guardrail_harm", p.Variation, p.Metric, Range(p.HarmCiLower, p.HarmCiUpper), Coverage(p.HarmLevel)),
        (ReasonCodes.GuardrailUnknown, GuardrailParameters p) => Text.Format("Of.guardrail_unknown", p.Variation, p.Metric, Plain(p.MarginPct)),
        (ReasonCodes.GuardrailsSafe, SafeGuardrailsParameters p) => Text.Format("Of.guardrails_safe", p.Variation, Lists.Listed(p.Metrics)),
        (ReasonCodes.PrimaryBetter, EffectParameters p) => Text.Format("Of.primary_better", p.Variation, p.Metric, Effect(p)),
        (ReasonCodes.PrimaryWorse, EffectParameters p) => Text.Format("Of.primary_worse", p.Variation, p.Metric, Effect(p)),
        (ReasonCodes.Undecided, EffectParameters p) => Text.Format("Of.undecided", p.Variation, p.Metric, Effect(p)),
        (ReasonCodes.BelowMinimumEffect, ThresholdParameters p) => Text.Format("Of.below_minimum_effect", p.Variation, p.Metric, Plain(p.ThresholdPct), Bound(p.BoundPct)),
        (ReasonCodes.BelowWorthwhileEffect, ThresholdParameters p) => Text.Format("Of.below_worthwhile_effect", p.Variation, p.Metric, Plain(p.ThresholdPct), Bound(p.BoundPct)),
        (ReasonCodes.Locked, MetricParameters p) => Text.Format("Of.locked", p.Variation, p.Metric),
        (ReasonCodes.TooEarly, ApproximationParameters { UnitsNeeded: { } needed } p) => Text.Format("Of.too_early", p.Variation, p.Metric, Count(p.Completed), Count(RoundUp(needed))),
        (ReasonCodes.TooEarly, ApproximationParameters p) => Text.Format("Of.too_early_without_number", p.Variation, p.Metric),
        (ReasonCodes.InsufficientData, MetricParameters p) => Text.Format("Of.insufficient_data", p.Variation, p.Metric),
        (ReasonCodes.ReferenceOnly, MethodParameters) => Text.Get("Of.reference_only"),
        (ReasonCodes.PlanComplete, ProgressParameters p) => Text.Format("Of.plan_complete", Count(p.Completed), Count(p.Planned)),
        (ReasonCodes.PlanIncomplete, ProgressParameters { UnitsPerDay: { } daily } p) => Text.Format("Of.plan_incomplete", Count(p.Completed), Count(p.Planned), Count(daily)),
        (ReasonCodes.PlanIncomplete, ProgressParameters p) => Text.Format("Of.plan_incomplete_without_traffic", Count(p.Completed), Count(p.Planned)),
        (ReasonCodes.Stopped, StoppedParameters { WindowsOpenUntil: { } until }) => Text.Format("Of.stopped_with_open_windows", Moment(until)),
        (ReasonCodes.Stopped, StoppedParameters) => Text.Get("Of.stopped"),
        (ReasonCodes.NotStarted, NoParameters) => Text.Get("Of.not_started"),
        (ReasonCodes.FinalData, NoParameters) => Text.Get("Of.final_data"),
        (ReasonCodes.NothingToCompare, NoParameters) => Text.Get("Of.nothing_to_compare"),
        (ReasonCodes.Tied, TieParameters p) => Text.Format("Of.tied", Lists.Joined(p.Variations), p.Variations[0]),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No reason has such a code and parameters."),
    };

    /// <summary>A day: its month by name, so that every country reads the same one.</summary>
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", Language.Numbers);

    /// <summary>A moment, to the minute.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm 'UTC'", Language.Numbers);

    /// <summary>Percent, to three digits.</summary>
    public static string Plain(double percent) => Numerals.Digits(percent, 3);

    private static string Effect(EffectParameters p) => p is { EffectRelative: { } relative, CiRelativeLower: { } low, CiRelativeUpper: { } high }
        ? Text.Format(nameof(Effect), Percent(relative), Text.Format("Range", Percent(low), Percent(high)), Coverage(p.Level))
        : Text.Format(nameof(Effect), Number(p.Effect), Range(p.CiLower, p.CiUpper), Coverage(p.Level));

    private static string Percent(double fraction) =>
        Text.Format(nameof(Percent), (100 * fraction).ToString(Math.Abs(fraction) < 0.1 ? "+0.00;−0.00;0.00" : "+#,0.0;−#,0.0;0.0", Language.Numbers));

    private static string Bound(double? percent) => percent is { } value ? Percent(value / 100) : Text.Get("NoBound");

    private static string Range(double? low, double? high) => Text.Format(nameof(Range), Number(low), Number(high));

    private static string Number(double? value) => value is { } number ? Numerals.Digits(number, 4) : Text.Get("NoBound");

    /// <summary>The coverage of an interval of a level: 0.05 is 95%, and 0.0045 99.55%.</summary>
    private static string Coverage(double level) => Text.Format(nameof(Percent), (100 * (1 - level)).ToString("0.##", Language.Numbers));

    /// <summary>To two digits: more would be told of an estimate than it knows.</summary>
    private static double RoundUp(double units)
    {
        var step = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(units)) - 1));
        return Math.Ceiling(units / step) * step;
    }

    private static string Count(double count) => Numerals.Count(count);
}
