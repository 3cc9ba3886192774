using System.Buffers;

namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Takes entries out of the chunks that hold some keys. A range of keys and not of chunks: merges move entries between runs and never change a key, so that none is missed and none looked at twice.</summary>
/// <param name="database">The file, in a transaction.</param>
/// <param name="from">The first key.</param>
/// <param name="through">The last key.</param>
/// <param name="sift">What stays.</param>
internal sealed class RunSifting(EventDatabase database, long from, long through, Sift sift)
{
    private readonly RunTable _table = new(database);
    private readonly ArrayBufferWriter<byte> _kept = new();

    public long Through => through;

    /// <summary>A key some chunks further on in a run; null when it has fewer.</summary>
    public static long? Far(EventDatabase database, Run run, long from, int chunks)
    {
        var row = database.Prepare("select first from run_chunks where run = ? and first > ? order by first limit 1 offset ?").Bind(1, run.Number).Bind(2, from).Bind(3, (long)chunks);
        long? found = row.Step() ? row.Int64(0) : null;
        row.Reset();
        return found;
    }

    /// <returns>Whether the run has fewer entries now.</returns>
    public bool Sift(Run run)
    {
        var chunks = new List<(long First, long Part, byte[] Data)>();

        // The last chunk that begins before the range can reach into it.
        Read(database.Prepare("select first, part, data from run_chunks where run = ? and first < ? order by first desc, part desc limit 1").Bind(1, run.Number).Bind(2, from), chunks);
        Read(database.Prepare("select first, part, data from run_chunks where run = ? and first between ? and ? order by first, part").Bind(1, run.Number).Bind(2, from).Bind(3, through), chunks);
        var gone = chunks.Sum(chunk => (long)Sift(run, chunk));
        run.Entries = Math.Max(0, run.Entries - gone);
        return gone > 0;
    }

    private static void Read(Statement rows, List<(long First, long Part, byte[] Data)> chunks)
    {
        while (rows.Step()) chunks.Add((rows.Int64(0), rows.Int64(1), rows.Blob(2).ToArray()));
        rows.Reset();
    }

    /// <returns>Entries that went.</returns>
    private int Sift(Run run, (long First, long Part, byte[] Data) chunk)
    {
        var (writer, reader, gone, isChanged) = (new ChunkWriter(), new ChunkReader(chunk.First), 0, false);
        while (reader.Read(chunk.Data))
        {
            var content = reader.Content(chunk.Data);
            if (reader.Key >= from && reader.Key <= through)
            {
                _kept.ResetWrittenCount();
                sift(reader.Key, content, _kept);
                isChanged |= _kept.WrittenCount != content.Length;
                if (_kept.WrittenCount == 0)
                {
                    gone++;
                    continue;
                }

                content = _kept.WrittenSpan;
            }

            if (!writer.TryAdd(reader.Key, content)) throw new DamagedStorageException("A chunk holds more than it can.");
        }

        if (!isChanged) return 0;
        _table.RemoveChunk(run.Number, chunk.First, chunk.Part);
        if (writer.Length > 0) _table.AddChunk(run.Number, writer.First, chunk.Part, writer.Bytes);
        return gone;
    }
}
