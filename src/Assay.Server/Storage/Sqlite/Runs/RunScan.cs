namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Every entry of a kind in the order of keys, as a reader's transaction sees them; entries of one key in no order that means anything.</summary>
internal sealed class RunScan : IDisposable
{
    private readonly PriorityQueue<Cursor, long> _next = new();
    private readonly List<Cursor> _cursors = [];

    public RunScan(EventDatabase database, RunKind kind)
    {
        try
        {
            using var runs = database.Open("select run from runs where kind = ?").Bind(1, (long)kind);
            while (runs.Step())
            {
                var cursor = new Cursor(RunTable.Scan(database, runs.Int64(0)));
                _cursors.Add(cursor);
                if (cursor.Advance()) _next.Enqueue(cursor, cursor.Key);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The next key; null at the end.</summary>
    public long? Key => _next.TryPeek(out _, out var key) ? key : null;

    /// <summary>The content of the next entry, until <see cref="Advance"/>.</summary>
    public ReadOnlySpan<byte> Content => _next.Peek().Content;

    public void Advance()
    {
        var cursor = _next.Peek();
        if (cursor.Advance()) _next.DequeueEnqueue(cursor, cursor.Key);
        else _next.Dequeue();
    }

    public void Dispose()
    {
        foreach (var cursor in _cursors) cursor.Dispose();
    }

    private sealed class Cursor(Statement rows) : IDisposable
    {
        private byte[] _data = [];
        private int _length;
        private ChunkReader _reader;

        public long Key => _reader.Key;

        public ReadOnlySpan<byte> Content => _reader.Content(_data.AsSpan(0, _length));

        public bool Advance()
        {
            while (!_reader.Read(_data.AsSpan(0, _length)))
            {
                if (!rows.Step()) return false;
                var chunk = rows.Blob(1);
                if (chunk.Length > _data.Length) _data = new byte[chunk.Length];
                chunk.CopyTo(_data);
                _length = chunk.Length;
                _reader = new ChunkReader();
            }

            return true;
        }

        public void Dispose() => rows.Dispose();
    }
}
