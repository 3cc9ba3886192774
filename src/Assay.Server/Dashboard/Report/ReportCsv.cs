using System.Globalization;
using System.Text;
using Assay.Analysis.Readouts;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Report;

/// <summary>A report as rows (RFC 4180): for each metric and treatment what the decision says, the confidence sequence under it, and the fixed test on all exposed units, for reference.</summary>
internal static class ReportCsv
{
    private static readonly string[] Head =
    [
        "experiment", "as_of", "watermark", "design_version", "metric", "role", "metric_type", "direction", "control", "treatment", "population", "method", "validity", "status", "is_significant",
        "effect", "effect_relative", "standard_error", "ci_level", "ci_lower", "ci_upper", "ci_relative_lower", "ci_relative_upper", "p_value", "p_value_adjusted",
        "control_units", "control_converted", "control_mean", "control_std", "treatment_units", "treatment_converted", "treatment_mean", "treatment_std",
    ];

    public static string Write(ExperimentSheet sheet)
    {
        var text = new StringBuilder().AppendJoin(',', Head).Append("\r\n");
        foreach (var row in EffectRow.Of(sheet))
        {
            var comparison = row.Comparison;
            var (decision, sequence, test, completed) = (comparison.Decision, comparison.AlwaysValid, comparison.Analysis, comparison.Completed);
            AppendLine(text, [
                .. Identity(sheet, row), "completed", Wire.Name(decision.Method), Wire.Name(decision.Validity), Wire.Name(decision.Status), decision.IsSignificant,
                DecidedEffect.Of(comparison), DecidedEffect.Relative(comparison), decision.StandardError, 1 - decision.Level,
                decision.CiLower, decision.CiUpper, decision.CiRelativeLower, decision.CiRelativeUpper, decision.PValue, decision.PValueAdjusted, .. Arms(completed.Control, completed.Treatment)]);
            AppendLine(text, [
                .. Identity(sheet, row), "completed", $"sequence_{Wire.Name(sequence.Method)}", Wire.Name(sequence.Validity), Wire.Name(sequence.Status), sequence.IsSignificant,
                completed.Effect, completed.EffectRelative, null, 1 - sheet.Design.Metrics.Alpha,
                sequence.CiLower, sequence.CiUpper, null, null, sequence.PValue, null, .. Arms(completed.Control, completed.Treatment)]);
            AppendLine(text, [
                .. Identity(sheet, row), "running", Wire.Name(test.Method), Wire.Name(test.Validity), Wire.Name(comparison.Status), test.IsSignificant,
                test.Effect, test.EffectRelative, test.StandardError, test.CiLevel,
                test.CiLower, test.CiUpper, test.CiRelativeLower, test.CiRelativeUpper, test.PValue, null, .. Arms(comparison.Control, comparison.Treatment)]);
        }

        return text.ToString();
    }

    private static object?[] Identity(ExperimentSheet sheet, EffectRow row) =>
    [
        sheet.Experiment.Key, Figures.Machine(sheet.Readout!.AsOf), sheet.Readout.Watermark, sheet.Experiment.Version,
        row.Metric, Wire.Name(row.Role), Wire.Name(row.Type), Wire.Name(row.Direction), row.Control, row.Treatment,
    ];

    private static object?[] Arms(ArmReadout control, ArmReadout treatment) =>
        [control.ExposedUsers, control.ConvertedUsers, control.Mean, control.Std, treatment.ExposedUsers, treatment.ConvertedUsers, treatment.Mean, treatment.Std];

    private static void AppendLine(StringBuilder text, object?[] cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    /// <summary>A double by the shortest digits that read back as the same one; null is empty.</summary>
    private static string Cell(object? value) => value switch
    {
        null => "",
        string words => Text(words),
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A {value.GetType().Name} is no cell.", nameof(value)),
    };

    /// <summary>A word as a cell. A spreadsheet would compute what begins like a formula: an apostrophe keeps it a word.</summary>
    internal static string Text(string words)
    {
        var safe = words is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{words}" : words;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
