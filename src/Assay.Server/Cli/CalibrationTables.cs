using System.Globalization;
using Assay.Analysis.Calibration;
using Spectre.Console;

namespace Assay.Server.Cli;

/// <summary>A calibration for people: a table a world, and what is wrong at the end.</summary>
internal static class CalibrationTables
{
    public static void Print(CalibrationReport report, TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });

        // Piped output has no width of its own; wide enough that no number is ever broken in two.
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = 200;
        foreach (var section in report.Sections)
        {
            console.MarkupLineInterpolated($"[bold]{section.Title}[/]");
            console.MarkupLineInterpolated($"[dim]{section.World}[/]");
            console.Write(Sheet(CalibrationTable.Of(section)));
        }

        var (all, naive) = (report.Results.Count(), report.Results.Count(result => result.Verdict == Verdict.FailsAsItShould));
        var broken = report.Results.Where(result => result.Verdict == Verdict.Broken).ToList();
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{all} studies with seed {report.Seed}: {all - naive - broken.Count} hold, {naive} naive ones err as they must, {broken.Count} broken.");
        foreach (var result in broken)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]BROKEN[/] {result.Study.Name}: {CalibrationTable.Text(result)} in {result.Runs} runs; right is {result.RightAnswer}");
    }

    private static Table Sheet(CalibrationTable table)
    {
        var sheet = new Table().Border(TableBorder.Simple);
        foreach (var column in table.Header) sheet.AddColumn(new TableColumn(new Text(column)));
        foreach (var row in table.Rows) sheet.AddRow([.. row.Select(cell => new Text(cell))]);
        return sheet;
    }
}
