using System.Globalization;
using System.Text;

namespace Assay.Analysis.Calibration;

/// <summary>The page <c>docs/methods/calibration.md</c>: everything that was simulated, for people, and the record of it, for the test that compares it with the code.</summary>
public static class CalibrationPage
{
    /// <summary>Where the record begins; each of its lines is name, runs, measured, standard error, verdict, 2 where the tally is a second one, the rate from which it would be broken (NaN where that is no promise), and the right answer.</summary>
    public const string RecordStart = "<!-- record";

    /// <summary>Writes the page of a report.</summary>
    public static string Write(CalibrationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var page = new StringBuilder();
        Introduce(page, report);
        page.Append(CultureInfo.InvariantCulture, $"## At a glance: rules that are read again and again\n\n{CalibrationSummary.Legend}\n\n");
        Append(page, CalibrationSummary.Of(report));
        string? chapter = null;
        foreach (var section in report.Sections)
        {
            if (Chapter(section) is var next && next != chapter) page.Append(CultureInfo.InvariantCulture, $"\n## {chapter = next}\n");
            page.Append(CultureInfo.InvariantCulture, $"\n### {section.Title}\n\n{section.World}{Runs(section)}\n\n");
            Append(page, CalibrationTable.Of(section));
        }

        page.Append(CultureInfo.InvariantCulture, $"\n{RecordStart}\n");
        foreach (var result in report.Results)
        {
            page.Append(CultureInfo.InvariantCulture, $"{result.Study.Name} {result.Runs} {result.Measured:R} {result.StandardError:R} {result.Verdict} {(result.IsSecond ? 2 : 1)} {result.BrokenFrom:R} {result.RightAnswer}\n");
        }

        return page.Append("-->\n").ToString();
    }

    private static string Chapter(CalibrationSection section) => section.Name[..section.Name.IndexOf('/', StringComparison.Ordinal)] switch
    {
        "peeking" => "Reading again and again",
        "readout" or "guardrail" or "srm" => "The readout, its guardrails and its alarm",
        "stopping" => "After stopping, and at all looks together",
        "coverage" => "Intervals and tests that are read once",
        "margin" or "families" or "clusters" or "ranks" => "Margins, families, clusters, ranks and times",
        "bayes" or "winners" or "bandit" => "Posteriors, winners and bandits",
        _ => "Plans",
    };

    private static void Introduce(StringBuilder page, CalibrationReport report)
    {
        int all = report.Results.Count(), naive = report.Results.Count(result => result.Verdict == Verdict.FailsAsItShould && !result.Study.IsApproximate), approximate = report.Results.Count(result => result.Verdict == Verdict.FailsAsItShould && result.Study.IsApproximate), broken = report.Results.Count(result => result.Verdict == Verdict.Broken);
        page.Append(CultureInfo.InvariantCulture, $"""
            # Calibration

            Every method of the library in worlds whose truth is known: how often it errs, beside how often it may. Beside our methods stand naive ones, which must be seen to err.
            Written by `assay calibrate --write docs/methods/calibration.md` with seed {report.Seed}, {report.RunsFactor:0.###} times the published runs, library version {report.Version}; the same seed gives the same page on any number of cores.

            **{all} studies: {all - naive - approximate - broken} hold, {naive} naive ones err as they must, {approximate} of ours err as stated, {broken} broken.** {Seconds(report)}

            - A rate is judged by exact binomial tails, a mean by its Monte Carlo error, p-values by Kolmogorov's test, all at {Claim.Doubt}: a tally that is likelier than that under the right answer agrees with it.
              A study that disagrees is simulated once more with other random numbers, and is broken if it disagrees again.
            - "≤ 0.05" is a promise; "0.05" is exact; "± 0.005" is how far an approximation may be off and still be called right; "> 0.05" is the failure that a naive method must show, and that ours has where it "errs, as stated".
            - "Broken from 0.057" is the smallest rate that so many runs would have called a broken promise of 0.05. "± 0.0003" behind a mean is its Monte Carlo error.
            - A rate of 0.05 has a Monte Carlo error of 0.0015 with 20,000 runs, 0.002 with 10,000 and 0.005 with 2,000. Where nothing is drawn, the number is exact and stands beside one that another program computed.
            - Rules that may be read at any look are silent until both arms have 100 units, or 100 conversions, as the readout is. Exact procedures speak from the first unit.


            """);
    }

    /// <summary>With hundreds of studies a few disagree by chance; how many were simulated twice says whether it was a few.</summary>
    private static string Seconds(CalibrationReport report) => report.Results.Count(result => result.IsSecond) is var seconds and > 0
        ? string.Create(CultureInfo.InvariantCulture, $"Simulated again, because the first tally disagreed: {seconds} ({string.Join(", ", report.Results.Where(result => result.IsSecond).Select(result => $"`{result.Study.Name}`"))}).")
        : "None had to be simulated again.";

    private static string Runs(CalibrationSection section) => section.Results.Max(result => result.Runs) is var runs and > 1 ? string.Create(CultureInfo.InvariantCulture, $" {runs:N0} runs.") : "";

    private static void Append(StringBuilder page, CalibrationTable table)
    {
        page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", table.Header.Select(Escape))} |\n|{string.Concat(table.Header.Select(_ => "---|"))}\n");
        foreach (var row in table.Rows) page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row.Select(Escape))} |\n");
    }

    /// <summary>A bar would end a cell.</summary>
    private static string Escape(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal);
}
