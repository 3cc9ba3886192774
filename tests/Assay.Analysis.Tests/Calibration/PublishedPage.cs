using Assay.Analysis.Calibration;

namespace Assay.Analysis.Tests.Calibration;

/// <summary>docs/methods/calibration.md as it is committed.</summary>
internal static class PublishedPage
{
    public static string Text { get; } = File.ReadAllText(Path.Combine(Root(), "docs", "methods", "calibration.md"));

    /// <summary>The report that the page was written of.</summary>
    public static CalibrationReport Report { get; } = CalibrationRecord.Read(Text);

    /// <summary>Its results by the name of their study.</summary>
    public static IReadOnlyDictionary<string, StudyResult> Results { get; } = Report.Results.ToDictionary(result => result.Study.Name, StringComparer.Ordinal);

    /// <summary>Names in the record, in the order written, whether the code still has them or not.</summary>
    public static IEnumerable<string> Names => Text[Text.IndexOf(CalibrationPage.RecordStart, StringComparison.Ordinal)..].Split('\n')[1..^2].Select(line => line[..line.IndexOf(' ', StringComparison.Ordinal)]);

    /// <summary>The folder of the method pages.</summary>
    public static string Folder => Path.Combine(Root(), "docs", "methods");

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Assay.slnx"))) folder = folder.Parent;
        return folder.FullName;
    }
}
