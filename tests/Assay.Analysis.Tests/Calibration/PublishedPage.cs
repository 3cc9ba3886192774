using System.Globalization;
using Assay.Analysis.Calibration;

namespace Assay.Analysis.Tests.Calibration;

/// <summary>docs/methods/calibration.md as it is committed.</summary>
internal static class PublishedPage
{
    public static string Text { get; } = File.ReadAllText(Path.Combine(Root(), "docs", "methods", "calibration.md"));

    /// <summary>The record at its end, in the order written.</summary>
    public static OrderedDictionary<string, Record> Records { get; } = Read();

    /// <summary>The report that the page was written of: what was measured from its record, everything else from the code; no right answer is computed anew.</summary>
    public static CalibrationReport Report()
    {
        var words = Text[Text.IndexOf("with seed ", StringComparison.Ordinal)..].Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return new CalibrationReport(
            ulong.Parse(words[2], CultureInfo.InvariantCulture),
            double.Parse(words[3], CultureInfo.InvariantCulture),
            [.. CalibrationStudies.Simulations.Select(simulation => new CalibrationSection(simulation.Name, simulation.Title, simulation.World, [.. simulation.Studies.Select(ToResult)]))])
        {
            Version = words[Array.IndexOf(words, "version") + 1].TrimEnd(';'),
        };
    }

    private static StudyResult ToResult(Study study)
    {
        var record = Records[study.Name];
        return new StudyResult
        {
            Study = study,
            Runs = record.Runs,
            Sum = record.Measured * record.Runs,
            Measured = record.Measured,
            StandardError = record.StandardError,
            RightAnswer = record.RightAnswer,
            Verdict = record.Verdict,
            IsSecond = record.IsSecond,
        };
    }

    private static OrderedDictionary<string, Record> Read()
    {
        var records = new OrderedDictionary<string, Record>(StringComparer.Ordinal);
        foreach (var line in Text[Text.IndexOf(CalibrationPage.RecordStart, StringComparison.Ordinal)..].Split('\n')[1..^2])
        {
            var parts = line.Split(' ', 7);
            records.Add(parts[0], new Record(long.Parse(parts[1], CultureInfo.InvariantCulture), Number(parts[2]), Number(parts[3]), Enum.Parse<Verdict>(parts[4]), parts[5] == "2", parts[6]));
        }

        return records;

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Assay.slnx"))) folder = folder.Parent;
        return folder.FullName;
    }

    public sealed record Record(long Runs, double Measured, double StandardError, Verdict Verdict, bool IsSecond, string RightAnswer);
}
