namespace Assay.Server.Storage.Sqlite;

/// <summary>Which batches a commit found stored. Numbers of batches and commits go the same way, but for what came from an engine where they need not.</summary>
internal sealed class PastBatches
{
    private readonly long _last;
    private readonly HashSet<long> _later = [];

    public PastBatches(EventDatabase database, long watermark)
    {
        var last = database.Prepare("select ifnull(max(batch), 0) from commits where watermark <= ?").Bind(1, watermark);
        last.Step();
        _last = last.Int64(0);
        last.Reset();
        var later = database.Prepare("select batch from commits where watermark > ? and batch <= ?").Bind(1, watermark).Bind(2, _last);
        while (later.Step()) _later.Add(later.Int64(0));
        later.Reset();
    }

    public bool Hold(long batch) => batch <= _last && (_later.Count == 0 || !_later.Contains(batch));
}
