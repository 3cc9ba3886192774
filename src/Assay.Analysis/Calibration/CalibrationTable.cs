using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Analysis.Calibration;

/// <summary>The results of one world as people read them: one study a row, or one procedure a row where studies are compared side by side.</summary>
/// <param name="Header">Heading of each column.</param>
/// <param name="Rows">Cells, row by row.</param>
public sealed record CalibrationTable(ImmutableArray<string> Header, ImmutableArray<ImmutableArray<string>> Rows)
{
    /// <summary>Lays out a section.</summary>
    public static CalibrationTable Of(CalibrationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return section.Results.All(result => result.Study.Column is not null) ? SideBySide(section) : OneByOne(section);
    }

    /// <summary>A verdict in words.</summary>
    public static string Text(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "holds",
        Verdict.FailsAsItShould => "errs, as it must",
        _ => "BROKEN",
    };

    /// <summary>What was measured, with the digits that the runs give it.</summary>
    public static string Text(StudyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Measured.ToString(result.Runs == 1 ? "0.000000" : "0.0000", CultureInfo.InvariantCulture);
    }

    private static CalibrationTable OneByOne(CalibrationSection section) => new(
        ["procedure", "measured", "right answer", "from", "runs", "verdict"],
        [.. section.Results.Select(result => ImmutableArray.Create(
            result.Study.Procedure, Text(result), result.RightAnswer, result.Study.From, result.Runs.ToString("N0", CultureInfo.InvariantCulture), Text(result.Verdict)))]);

    private static CalibrationTable SideBySide(CalibrationSection section)
    {
        ImmutableArray<string> columns = [.. section.Results.Select(result => result.Study.Column!).Distinct(StringComparer.Ordinal)];
        return new CalibrationTable(["procedure", .. columns, "right answer", "verdict"], [.. section.Results.GroupBy(result => result.Study.Procedure, StringComparer.Ordinal).Select(row => Row(columns, [.. row]))]);
    }

    private static ImmutableArray<string> Row(ImmutableArray<string> columns, ImmutableArray<StudyResult> results)
    {
        var isOneAnswer = results.Select(result => result.RightAnswer).Distinct(StringComparer.Ordinal).Count() == 1;
        var verdict = results.Select(result => result.Verdict).Max();
        return [results[0].Study.Procedure, .. columns.Select(Cell), isOneAnswer ? results[0].RightAnswer : "in brackets", Text(verdict)];

        string Cell(string column)
        {
            var result = results.FirstOrDefault(candidate => string.Equals(candidate.Study.Column, column, StringComparison.Ordinal));
            if (result is null) return "";
            var cell = isOneAnswer ? Text(result) : $"{Text(result)} ({result.RightAnswer})";
            return result.Verdict == Verdict.Broken ? $"BROKEN {cell}" : cell;
        }
    }
}
