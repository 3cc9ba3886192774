using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite.Runs;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Fills a file with many rows at once, whatever commits they came with.</summary>
internal sealed class RunFiller(EventDatabase database)
{
    private const int EntriesAtOnce = 250_000;
    private const int BytesAtOnce = 32 << 20;

    private readonly Pile _rows = new(database, RunKind.Rows);
    private readonly Pile _users = new(database, RunKind.Users);
    private readonly Pile _ids = new(database, RunKind.Ids);

    public void AddUser(long unit, string userId)
    {
        Varint.Write(_users.Batch.Content, (ulong)unit);
        _users.Add(Fingerprint.KeyOf(Fingerprint.Of(userId)));
    }

    public void Add(long unit, in PackedRow row)
    {
        RowPacking.Write(_rows.Batch.Content, row);
        _rows.Add(unit);
        if (RowIdentity.Of(row) is not { } identity) return;
        IdEntry.Of(row, unit).Write(_ids.Batch.Content);
        _ids.Add(identity.Key);
    }

    /// <summary>Everything added is in the file.</summary>
    public void Flush()
    {
        _rows.Flush();
        _users.Flush();
        _ids.Flush();
    }

    private sealed class Pile(EventDatabase database, RunKind kind)
    {
        private readonly SortedRuns _runs = new(database, kind);

        public RunBatch Batch { get; } = new();

        public void Add(long key)
        {
            Batch.Add(key);
            if (Batch.Count >= EntriesAtOnce || Batch.Bytes >= BytesAtOnce) Flush();
        }

        public void Flush()
        {
            _runs.Append(Batch);
            Batch.Clear();
        }
    }
}
