using System.Collections.Immutable;

namespace Assay.Server.Cli.DataFiles;

/// <summary>A data file as read: its variations, the control first and then as they first appear, and its rows.</summary>
internal sealed record DataFile(string Name, ImmutableArray<string> Variations, IReadOnlyList<DataRow> Rows);

/// <summary>One row.</summary>
/// <param name="Line">The line that it starts on.</param>
/// <param name="Unit">The unit; null when every row is a unit of its own.</param>
/// <param name="Variation">Index into <see cref="DataFile.Variations"/>.</param>
/// <param name="Metrics">One value a metric, 0 for no event.</param>
/// <param name="Covariates">One value a covariate, NaN where missing.</param>
/// <param name="Identity">Digest of the row's content and its ordinal among equal rows.</param>
internal sealed record DataRow(long Line, string? Unit, int Variation, double[] Metrics, double[] Covariates, string Identity);
