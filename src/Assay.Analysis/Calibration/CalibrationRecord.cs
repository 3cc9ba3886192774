using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Analysis.Calibration;

/// <summary>The record at the end of a written page, read back: what was measured is the page's, everything else the code's.</summary>
public static class CalibrationRecord
{
    private const int Fields = 8;

    /// <summary>The report that a page was written of, as far as its studies are still those of the code; no right answer is computed anew.</summary>
    /// <param name="page">A page as <see cref="CalibrationPage.Write"/> writes it.</param>
    /// <exception cref="FormatException">The text is no such page.</exception>
    public static CalibrationReport Read(string page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var start = page.IndexOf(CalibrationPage.RecordStart, StringComparison.Ordinal);
        var seed = page.IndexOf("with seed ", StringComparison.Ordinal);
        if (start < 0 || seed < 0) throw new FormatException("The page has no seed or no record.");
        var lines = page[start..].Split('\n')[1..^2].Select(line => line.Split(' ', Fields)).ToDictionary(parts => parts[0], StringComparer.Ordinal);
        var words = page[seed..].Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return new CalibrationReport(
            ulong.Parse(words[2], CultureInfo.InvariantCulture),
            Number(words[3]),
            [.. CalibrationStudies.Simulations.Select(simulation => Section(simulation, [.. simulation.Studies.Where(study => lines.ContainsKey(study.Name)).Select(study => ToResult(study, lines[study.Name]))])).Where(section => section.Results.Length > 0)])
        {
            Version = words[Array.IndexOf(words, "version") + 1].TrimEnd(';'),
        };
    }

    /// <summary>A page's report with the studies of another in the place of its own; the random numbers of a world depend on its name and the seed alone, so that the whole is what one run would have measured.</summary>
    /// <exception cref="ArgumentException">The two are of another seed, factor or version.</exception>
    public static CalibrationReport With(this CalibrationReport report, CalibrationReport later)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(later);
        if (report.Seed != later.Seed || report.RunsFactor != later.RunsFactor || report.Version != later.Version) throw new ArgumentException("Of another seed, factor or version than the page.", nameof(later));
        var results = report.Results.ToDictionary(result => result.Study.Name, StringComparer.Ordinal);
        foreach (var result in later.Results) results[result.Study.Name] = result;
        return report with
        {
            Sections = [.. CalibrationStudies.Simulations
                .Select(simulation => Section(simulation, [.. simulation.Studies.Where(study => results.ContainsKey(study.Name)).Select(study => results[study.Name])]))
                .Where(section => section.Results.Length > 0)],
        };
    }

    private static CalibrationSection Section(Simulation simulation, ImmutableArray<StudyResult> results) => new(simulation.Name, simulation.Title, simulation.World, results);

    private static StudyResult ToResult(Study study, string[] parts)
    {
        if (parts.Length != Fields) throw new FormatException($"The record of {parts[0]} does not have {Fields} fields.");
        var (runs, measured) = (long.Parse(parts[1], CultureInfo.InvariantCulture), Number(parts[2]));
        return new StudyResult
        {
            Study = study,
            Runs = runs,
            Sum = measured * runs,
            Measured = measured,
            StandardError = Number(parts[3]),
            Verdict = Enum.Parse<Verdict>(parts[4]),
            IsSecond = parts[5] == "2",
            BrokenFrom = Number(parts[6]),
            RightAnswer = parts[7],
        };
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
