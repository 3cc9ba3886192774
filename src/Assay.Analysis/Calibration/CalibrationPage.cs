using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Assay.Statistics;

namespace Assay.Analysis.Calibration;

/// <summary>The page <c>docs/methods/calibration.md</c>: everything that was simulated, for people, and the record of it, for the test that compares it with the code.</summary>
public static class CalibrationPage
{
    /// <summary>Where the record begins; each of its lines is name, runs, measured, standard error, verdict, and 2 where the tally is a second one.</summary>
    public const string RecordStart = "<!-- record";

    private const int Looks = 28;
    private const double Alpha = 0.05;
    private const double Power = 0.8;

    /// <summary>Writes the page of a report.</summary>
    public static string Write(CalibrationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var page = new StringBuilder();
        Introduce(page, report);
        Compare(page);
        foreach (var section in report.Sections)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {section.Title}\n\n{section.World}{Runs(section)}\n\n");
            Append(page, CalibrationTable.Of(section));
        }

        page.Append(CultureInfo.InvariantCulture, $"\n{RecordStart}\n");
        foreach (var result in report.Results)
        {
            page.Append(CultureInfo.InvariantCulture, $"{result.Study.Name} {result.Runs} {result.Measured:R} {result.StandardError:R} {result.Verdict} {(result.IsSecond ? 2 : 1)}\n");
        }

        return page.Append("-->\n").ToString();
    }

    private static void Introduce(StringBuilder page, CalibrationReport report)
    {
        var version = typeof(Moments).Assembly.GetName().Version!.ToString(3);
        int all = report.Results.Count(), naive = report.Results.Count(result => result.Verdict == Verdict.FailsAsItShould), broken = report.Results.Count(result => result.Verdict == Verdict.Broken);
        page.Append(CultureInfo.InvariantCulture, $"""
            # Calibration

            Every method of the library in worlds whose truth is known: how often it errs, beside how often it may. Beside our methods stand naive ones, which must be seen to err.
            Written by `assay calibrate --write docs/methods/calibration.md` with seed {report.Seed}, {report.RunsFactor:0.###} times the published runs, library version {version}; the same seed gives the same page on any number of cores.

            **{all} studies: {all - naive - broken} hold, {naive} naive ones err as they must, {broken} broken.**

            - A rate is judged by exact binomial tails, a mean by its Monte Carlo error, p-values by Kolmogorov's test, all at {Claim.Doubt}: a tally that is likelier than that under the right answer agrees with it.
              A study that disagrees is simulated once more with other random numbers, and is broken if it disagrees again.
            - "≤ 0.05" is a promise; "0.05" is exact; "± 0.005" is how far an approximation may be off and still be called right; "> 0.05" is the failure that a naive method must show.
            - Rules that may be read at any look are silent until both arms have 100 units, or 100 conversions, as the readout is. Exact procedures speak from the first unit.


            """);
    }

    /// <summary>The price of the rules, which is computed and not simulated.</summary>
    private static void Compare(StringBuilder page)
    {
        page.Append(CultureInfo.InvariantCulture, $"## What each rule costs\n\n{Looks} daily looks, α = {Alpha} two-sided, an effect that the fixed test finds with power {100 * Power:0} %; by the exact recursion. Sizes are multiples of the fixed test's.\n\n");
        Append(page, new CalibrationTable(
            ["rule", "false positives", "power", "expected size", "size for the same power", "expected size then", "width at the end"],
            [.. PeekingRules.Compare(Looks, Alpha, Power).Select(row => Cells(row.Name, row.Efficiency))]));
    }

    private static ImmutableArray<string> Cells(string rule, RelativeEfficiency efficiency)
    {
        return
        [
            rule, Number(efficiency.FalsePositiveRate, "0.0000"), Number(efficiency.Power, "0.000"), Number(efficiency.ExpectedFraction, "0.00"),
            Number(efficiency.Inflation, "0.00"), Number(efficiency.ExpectedAtInflation, "0.000"), Number(efficiency.FinalWidth, "0.00"),
        ];

        static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
    }

    private static string Runs(CalibrationSection section) => section.Results.Max(result => result.Runs) is var runs and > 1 ? string.Create(CultureInfo.InvariantCulture, $" {runs:N0} runs.") : "";

    private static void Append(StringBuilder page, CalibrationTable table)
    {
        page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", table.Header.Select(Escape))} |\n|{string.Concat(table.Header.Select(_ => "---|"))}\n");
        foreach (var row in table.Rows) page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row.Select(Escape))} |\n");
    }

    /// <summary>A bar would end a cell.</summary>
    private static string Escape(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal);
}
