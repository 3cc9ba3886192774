using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Analysis.Calibration;

/// <summary>Every rule that is read again and again against every world it is read in: its error rates at 1, 20, 100 and 1,000 looks in one cell.</summary>
internal static class CalibrationSummary
{
    /// <summary>What the table says, for people.</summary>
    public const string Legend =
        "False positives at 1 / 20 / 100 / 1,000 looks where there is no effect, α = .05; how many each rule may have stands in the sections below. "
        + "A cell is empty where a rule is not defined (sequences of counts need conversions, the t an estimated variance) or not asked: two mixtures of another tuning are read in the exact world, the skewed metric is there for the readout's whole start rule.";

    /// <summary>Columns, and the worlds that make them up.</summary>
    private static readonly ImmutableArray<(string Column, ImmutableArray<string> Worlds)> Columns =
    [
        ("exact (normal)", ["peeking/gaussian"]),
        ("conversion of 1 %", ["peeking/binary", "peeking/exact-rare", "peeking/sequence-planned"]),
        ("heavy-tailed revenue", ["peeking/revenue"]),
        ("skewed spending", ["peeking/skewed"]),
        ("ratio, correlated denominator", ["peeking/ratio"]),
        ("returning, late, uneven units, completed", ["peeking/completed"]),
    ];

    public static CalibrationTable Of(CalibrationReport report)
    {
        var sections = report.Sections.Where(section => Columns.Any(column => column.Worlds.Contains(section.Name, StringComparer.Ordinal))).ToList();
        var rules = sections.SelectMany(section => section.Results).Select(result => result.Study.Procedure).Distinct(StringComparer.Ordinal);
        return new CalibrationTable(["rule", .. Columns.Select(column => column.Column)], [.. rules.Select(rule => Row(sections, rule))]);
    }

    private static ImmutableArray<string> Row(List<CalibrationSection> sections, string rule)
    {
        var isNaive = sections.SelectMany(Of).Any(result => result.Study.IsNaive);
        return [isNaive ? $"{rule} (naive)" : rule, .. Columns.Select(column => Cell(sections.Where(section => column.Worlds.Contains(section.Name, StringComparer.Ordinal)).SelectMany(Of)))];

        IEnumerable<StudyResult> Of(CalibrationSection section) => section.Results.Where(result => result.Study.Procedure == rule);
    }

    private static string Cell(IEnumerable<StudyResult> results) => string.Join(" / ", results.Select(result =>
        $"{(result.Verdict == Verdict.Broken ? "BROKEN " : "")}{result.Measured.ToString("0.000", CultureInfo.InvariantCulture)}"));
}
