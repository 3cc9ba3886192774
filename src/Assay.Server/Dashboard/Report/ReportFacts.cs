using System.Collections.Immutable;
using Assay.Analysis.Wording;
using Assay.Server.Dashboard.Wording;

namespace Assay.Server.Dashboard.Report;

/// <summary>The facts of a report, worded once for every format.</summary>
internal static class ReportFacts
{
    /// <summary>What was to be tested, on whom and for how long.</summary>
    public static ImmutableArray<ReportFact> OfDesign(ExperimentSheet sheet)
    {
        var (experiment, design) = (sheet.Experiment, sheet.Design);
        var (setup, metrics) = (design.Setup, design.Metrics);
        var total = setup.TrafficSplit.Sum();
        return
        [
            .. Known(ReportWords.Hypothesis, design.Hypothesis?.Statement),
            .. Known(ReportWords.Owner, design.Hypothesis?.Owner),
            new(ReportWords.Key, experiment.Key),
            new(ReportWords.Status, $"{Words.Status(experiment.Status)}. {Words.Day(sheet)}."),
            .. Known(ReportWords.Started, experiment.StartedAt is { } started ? Figures.Time(started) : null),
            .. Known(ReportWords.Stopped, experiment.StoppedAt is { } stopped ? Figures.Time(stopped) : null),
            new(ReportWords.Variations, string.Join(", ", setup.Variations.Zip(setup.TrafficSplit, (variation, weight) => ReportWords.Share(variation.Key, weight, total)))),
            new(ReportWords.Traffic, ReportWords.Taking(setup.TrafficAllocation, setup.HoldoutFraction)),
            new(ReportWords.Detects, ReportWords.Detectable(metrics.MdePct, metrics.Power, metrics.Alpha)),
            .. Known(ReportWords.Minimum, metrics.MinimumEffectPct > 0 ? Figures.Share(metrics.MinimumEffectPct / 100) : null),
            .. Known(ReportWords.PlannedDays, experiment.Plan.DurationDays is { } days ? Words.Days(days) : null),
            .. Known(ReportWords.PlannedUnits, experiment.Plan.PlannedSampleSizes is { IsDefaultOrEmpty: false } sizes ? string.Join(" : ", sizes.Select(Figures.Count)) : null),
        ];
    }

    /// <summary>By which methods, from which data, as of when.</summary>
    public static ImmutableArray<ReportFact> OfComputation(ExperimentSheet sheet, string address)
    {
        var (design, experiment) = (sheet.Design, sheet.Experiment);
        return
        [
            new(Labels.MethodHead, Words.Method(design.Constraints.Analysis)),
            .. sheet.Readout?.Comparisons is [var first, ..]
                ? (ReadOnlySpan<ReportFact>)[new(Labels.ValidityHead, Words.ValidityWords(first.Decision.Validity)), new(Labels.ReferenceTest, $"{Words.Test(first.Analysis.Method)}, {Labels.Hundred(first.Analysis.CiLevel)}")]
                : [],
            new(Labels.ErrorRate, Labels.Alpha(design.Metrics.Alpha)),
            new(Labels.Correction, design.Constraints.Multiplicity),
            new(Labels.Window, Figures.Hours(design.Metrics.Primary.WindowHours)),
            .. sheet.Readout is { } readout
                ? (ReadOnlySpan<ReportFact>)[new(Labels.AsOf, Figures.Time(readout.AsOf)), new(Labels.Watermark, readout.Watermark is { } watermark ? Figures.Count(watermark) : Figures.None)]
                : [],
            new(Labels.Revision, Lists.Listed(Figures.Count(experiment.Iteration), Figures.Count(experiment.Epoch), Figures.Count(experiment.Version))),
            .. sheet.SealedAt is { } since ? Known(ReportWords.Sealed, $"{Figures.Time(since)}. {Labels.SealedNote}") : [],
            new(ReportWords.Written, Figures.Time(sheet.Now)),
            new(ReportWords.Where, address),
        ];
    }

    private static ImmutableArray<ReportFact> Known(string name, string? text) => text is null ? [] : [new(name, text)];
}
