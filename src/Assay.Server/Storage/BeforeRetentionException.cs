namespace Assay.Server.Storage;

/// <summary>An experiment cannot begin at a time whose rows have gone.</summary>
/// <param name="horizon">The first time from which rows are kept, microseconds.</param>
internal sealed class BeforeRetentionException(long horizon) : Exception("Rows of this time have been removed.")
{
    public long Horizon { get; } = horizon;
}
