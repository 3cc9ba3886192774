using System.Collections.Immutable;
using Assay.Analysis.Designs;

namespace Assay.Server.Cli.DataFiles;

/// <summary>What the columns of a data file mean.</summary>
/// <param name="UnitColumn">The column that names the unit; null when every row is a unit of its own.</param>
/// <param name="VariationColumn">The column that names the variation.</param>
/// <param name="Control">The control's value in that column; null for the first in the file.</param>
/// <param name="Metrics">The metrics; the first is the primary.</param>
/// <param name="Covariates">Columns measured before the experiment.</param>
/// <param name="Split">Weights of the variations, the control first, then in the order of the file; empty for equal ones.</param>
internal sealed record DataFileShape(
    string? UnitColumn, string VariationColumn, string? Control, ImmutableArray<MetricColumn> Metrics, ImmutableArray<string> Covariates, ImmutableArray<double> Split);

/// <summary>A column that holds a metric.</summary>
internal sealed record MetricColumn(string Column, MetricType Type)
{
    /// <summary>Reads <c>COLUMN:binary|continuous|count</c>; the column's own name may contain colons.</summary>
    /// <exception cref="DataFileException">It is not such a thing.</exception>
    public static MetricColumn Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (text.Contains(":ratio:", StringComparison.Ordinal) || text.EndsWith(":ratio", StringComparison.Ordinal))
            throw new DataFileException($"--metric {text}: ratio metrics are not supported yet.");
        if (colon <= 0) throw new DataFileException($"--metric {text}: expected COLUMN:binary, COLUMN:continuous or COLUMN:count.");
        return new MetricColumn(text[..colon], text[(colon + 1)..] switch
        {
            "binary" => MetricType.Binary,
            "continuous" => MetricType.Continuous,
            "count" => MetricType.Count,
            var type => throw new DataFileException($"--metric {text}: '{type}' is not a type of metric; use binary, continuous or count."),
        });
    }
}
