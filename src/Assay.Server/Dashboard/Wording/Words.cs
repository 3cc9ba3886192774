using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Analysis.Wording;
using Assay.Server.Metrics;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What a status, a finding, a method is called.</summary>
internal static class Words
{
    private static readonly Texts Text = Texts.Of(typeof(Words));

    public static string Days(int days) => Text.Plural(nameof(Days), days, Figures.Count(days));

    /// <summary>What is randomised, as so many of them are called.</summary>
    public static string Units(ExperimentSheet sheet, long count) => sheet.Design.Setup.Unit is var unit && unit.EndsWith('s') ? unit : Text.Plural(nameof(Units), count, unit);

    public static string Status(ExperimentStatus status) => Text.Case(nameof(Status), status);

    public static string Day(ExperimentSheet sheet) => (sheet.Day, sheet.Experiment.Plan.DurationDays) switch
    {
        (null, { } planned) => Text.Format("Day.planned", Days(planned)),
        (null, null) => Text.Get("Day.none"),
        ({ } day, { } planned) when day <= planned => Text.Format("Day.of", Number(day), Number(planned)),
        ({ } day, { } planned) => Text.Format("Day.beyond", Number(day), Number(planned)),
        ({ } day, null) => Text.Format("Day.open", Number(day)),
    };

    public static string Attention(Attention attention) => Text.Case(nameof(Attention), attention);

    public static string Finding(Finding finding) => Text.Case(nameof(Finding), finding);

    /// <summary>The finding, and which way it went: a sign beside the word, so that colour is never alone.</summary>
    public static string Found(EffectRow row) => row.Finding is Dashboard.Finding.Better or Dashboard.Finding.BetterBelowMinimum or Dashboard.Finding.Worse
        ? Directed(row.Finding, Findings.IsRise(row.Comparison))
        : Finding(row.Finding);

    public static string Directed(Finding finding, bool isRise) => Text.Format(nameof(Directed), isRise ? "↑" : "↓", Finding(finding));

    /// <summary>How far the arm that has fewer units is from what its test needs.</summary>
    public static string Needs(ComparisonReadout comparison, double needed) =>
        Text.Format(nameof(Needs), Figures.Count(Math.Min(comparison.Completed.Control.ExposedUsers, comparison.Completed.Treatment.ExposedUsers)), Figures.Short(needed));

    public static string P(double p) => Text.Format(p < 0.001 ? "P.tiny" : "P.number", Figures.P(p));

    public static string Role(MetricRole role) => Text.Case(nameof(Role), role);

    public static string Direction(Direction direction) => Text.Case(nameof(Direction), direction);

    public static string Type(MetricType type) => Text.Case(nameof(Type), type);

    public static string Method(AnalysisMethod method) => Text.Case(nameof(Method), method);

    public static string Test(FixedMethod method) => Text.Case(nameof(Test), method);

    public static string ValidityWords(Validity validity) => Text.Case(nameof(ValidityWords), validity);

    public static string SampleRatio(SampleRatioStatus status) => Text.Case(nameof(SampleRatio), status);

    public static string Guardrail(GuardrailState state) => Text.Case(nameof(Guardrail), state);

    public static string Cuped(CupedStatus status) => Text.Case(nameof(Cuped), status);

    /// <summary>One row of the forest plot, read aloud.</summary>
    public static string Aloud(EffectRow row) => row.Decided is null
        ? Text.Format("Aloud.undecided", row.Treatment, row.Metric, Finding(row.Finding))
        : Text.Format("Aloud.decided", row.Treatment, row.Metric, row.Relative, row.RelativeInterval, Finding(row.Finding));

    private static string Number(int number) => Figures.Count(number);
}
