namespace Assay.Server.Storage.Moving;

/// <summary>What a table is, in two numbers.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Digest">SHA-256 of them, hex.</param>
internal sealed record Seal(long Rows, string Digest);
