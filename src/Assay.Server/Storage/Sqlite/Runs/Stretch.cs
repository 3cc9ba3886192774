namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Keys of a run that follow each other, and their filter.</summary>
/// <param name="First">The least.</param>
/// <param name="Last">The greatest.</param>
/// <param name="Filter">Holds each of them.</param>
internal sealed record Stretch(long First, long Last, Filter Filter);
