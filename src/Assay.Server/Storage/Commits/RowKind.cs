namespace Assay.Server.Storage.Commits;

/// <summary>What a packed row is.</summary>
internal enum RowKind
{
    Exposure = 0,
    Event = 1,
    Covariate = 2,
}
