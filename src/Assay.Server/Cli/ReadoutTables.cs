using System.Globalization;
using Assay.Analysis.Health;
using Assay.Analysis.Readouts;
using Spectre.Console;

namespace Assay.Server.Cli;

/// <summary>A readout for people: what was compared, and what may be concluded.</summary>
internal static class ReadoutTables
{
    public static void Print(Readout readout, IReadOnlyList<string> variations, TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });

        // Piped output has no width of its own; wide enough that no number is ever broken in two.
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = 160;
        console.MarkupLineInterpolated($"[bold]{readout.ExperimentId}[/]  {Whole(readout.ExposuresTotal)} units in {variations.Count} arms");
        console.MarkupLineInterpolated($"{readout.Srm.Verdict}");
        if (readout.Population.Crossovers.Sum() is > 0 and var crossovers) console.MarkupLineInterpolated($"{Whole(crossovers)} units were seen in more than one arm and count in the first.");
        foreach (var check in readout.Health.Checks.Where(check => check.Status >= HealthCheckStatus.Watch && check.Code != HealthCode.SampleRatio))
            console.MarkupLineInterpolated($"[bold]{check.Title}[/]: {check.Detail} {check.Action}");
        console.WriteLine();

        var arms = Sheet("metric", "arm", "units", "converted", "mean", "std");
        var effects = Sheet("metric", "comparison", "effect", $"{Percent(readout.Comparisons[0].Analysis.CiLevel)} interval", "relative", "p", "p adjusted", "conclusion");
        var adjusted = Sheet("metric", "comparison", "effect", "interval", "p", "variance explained");
        AddMetric(readout.PrimaryMetricName, readout.Comparisons, readout.Cuped);
        foreach (var metric in readout.Secondary) AddMetric(metric.Name, metric.Comparisons, metric.Cuped);
        console.Write(arms);
        console.Write(effects.Title("Effects"));
        if (readout.Cuped.Status == CupedStatus.Available) console.Write(adjusted.Title("Effects with covariates taken out"));
        console.MarkupLineInterpolated($"[dim]The first metric is the primary, corrected over its arms; intervals are at the level of the corrected test. {readout.Disclaimer}[/]");

        void AddMetric(string name, IReadOnlyList<ComparisonReadout> comparisons, CupedReadout cuped)
        {
            foreach (var arm in comparisons.Select(comparison => comparison.Treatment).Prepend(comparisons[0].Control))
                arms.AddRow(Text(name), Text(variations[arm.VariationIndex]), Text(Whole(arm.ExposedUsers)), Text(Whole(arm.ConvertedUsers)), Text(Number(arm.Mean)), Text(Number(arm.Std)));
            foreach (var comparison in comparisons) effects.AddRow(Effect(name, Title(comparison.TreatmentIndex), comparison));
            foreach (var comparison in cuped.Comparisons)
            {
                var (test, explained) = (comparison.Analysis, cuped.VarianceReduction is { } share ? Percent(share) : "–");
                adjusted.AddRow(Text(name), Text(Title(comparison.TreatmentIndex)), Text(Signed(test.Effect)), Text(Range(test.CiLower, test.CiUpper, Signed)), Text(P(test.PValue)), Text(explained));
            }
        }

        string Title(int treatment) => $"{variations[treatment]} − {variations[0]}";
    }

    private static Text[] Effect(string metric, string title, ComparisonReadout comparison)
    {
        var decision = comparison.Decision;
        var conclusion = comparison.Status == ComparisonStatus.InsufficientData ? "insufficient data"
            : !decision.IsSignificant ? "no difference shown"
            : comparison.Completed.Effect > 0 ? "higher" : "lower";
        return
        [
            Text(metric), Text(title), Text(Signed(comparison.Completed.Effect)), Text(Range(decision.CiLower, decision.CiUpper, Signed)),
            Text($"{SignedPercent(comparison.Completed.EffectRelative)} {Range(decision.CiRelativeLower, decision.CiRelativeUpper, SignedPercent)}"),
            Text(P(decision.PValue)), Text(P(decision.PValueAdjusted)), Text(conclusion),
        ];
    }

    private static Table Sheet(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns) table.AddColumn(new TableColumn(new Text(column)) { NoWrap = true });
        return table;
    }

    private static Text Text(string text) => new(text);

    private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(double? number) => number is { } value ? value.ToString("G6", CultureInfo.InvariantCulture) : "–";

    private static string Signed(double? number) => number is { } value ? value.ToString("+0.######;-0.######;0", CultureInfo.InvariantCulture) : "–";

    private static string Percent(double share) => share.ToString("0.##%", CultureInfo.InvariantCulture);

    private static string SignedPercent(double? share) => share is { } value ? value.ToString("+0.##%;-0.##%;0%", CultureInfo.InvariantCulture) : "–";

    private static string Range(double? lower, double? upper, Func<double?, string> write) => lower is null || upper is null ? "" : $"[{write(lower)}, {write(upper)}]";

    private static string P(double? p) => p is { } value ? value < 1e-300 ? "<1e-300" : value.ToString(value < 0.0001 ? "0.0e+0" : "0.0000", CultureInfo.InvariantCulture) : "–";
}
