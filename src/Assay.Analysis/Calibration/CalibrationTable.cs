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
        Calibration.Verdict.Holds => "holds",
        Calibration.Verdict.FailsAsItShould => "errs, as it must",
        _ => "BROKEN",
    };

    /// <summary>A verdict of a study in words: a method of ours that errs as it is said to is no naive one.</summary>
    public static string Verdict(StudyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result is { Verdict: Calibration.Verdict.FailsAsItShould, Study.IsApproximate: true } ? "errs, as stated" : Text(result.Verdict);
    }

    /// <summary>The right answer, and for a promise the rate from which these runs would have broken it.</summary>
    public static string RightAnswer(StudyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return double.IsNaN(result.BrokenFrom) ? result.RightAnswer : string.Create(CultureInfo.InvariantCulture, $"{result.RightAnswer} (broken from {result.BrokenFrom:0.####})");
    }

    /// <summary>What was measured, with the digits that the runs give it; a mean with its Monte Carlo error.</summary>
    public static string Text(StudyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Runs == 1) return result.Measured.ToString("0.000000", CultureInfo.InvariantCulture);
        var measured = result.Measured.ToString("0.0000", CultureInfo.InvariantCulture);
        return result.IsOfYesAndNo ? measured : string.Create(CultureInfo.InvariantCulture, $"{measured} ± {result.StandardError:0.0000}");
    }

    private static CalibrationTable OneByOne(CalibrationSection section) => new(
        ["procedure", "measured", "right answer", "from", "runs", "verdict"],
        [.. section.Results.Select(result => ImmutableArray.Create(
            result.Study.Procedure, Text(result), RightAnswer(result), result.Study.From, result.Runs.ToString("N0", CultureInfo.InvariantCulture), Verdict(result)))]);

    private static CalibrationTable SideBySide(CalibrationSection section)
    {
        ImmutableArray<string> columns = [.. section.Results.Select(result => result.Study.Column!).Distinct(StringComparer.Ordinal)];
        return new CalibrationTable(["procedure", .. columns, "right answer", "verdict"], [.. section.Results.GroupBy(result => result.Study.Procedure, StringComparer.Ordinal).Select(row => Row(columns, [.. row]))]);
    }

    private static ImmutableArray<string> Row(ImmutableArray<string> columns, ImmutableArray<StudyResult> results)
    {
        var isOneAnswer = results.Select(RightAnswer).Distinct(StringComparer.Ordinal).Count() == 1;
        var worst = results.MaxBy(result => result.Verdict)!;
        return [results[0].Study.Procedure, .. columns.Select(Cell), isOneAnswer ? RightAnswer(results[0]) : "in brackets", Verdict(worst)];

        string Cell(string column)
        {
            var result = results.FirstOrDefault(candidate => string.Equals(candidate.Study.Column, column, StringComparison.Ordinal));
            if (result is null) return "";
            var cell = isOneAnswer ? Text(result) : $"{Text(result)} ({RightAnswer(result)})";
            return result.Verdict == Calibration.Verdict.Broken ? $"BROKEN {cell}" : cell;
        }
    }
}
