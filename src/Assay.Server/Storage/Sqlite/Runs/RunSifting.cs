using System.Buffers;

namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>Takes entries out of the chunks that hold some keys. A range of keys and not of chunks: merges move entries between runs and never change a key, so that none is missed and none looked at twice.</summary>
/// <param name="table">The runs, in a transaction.</param>
/// <param name="from">The first key.</param>
/// <param name="through">The last key.</param>
/// <param name="sift">What stays.</param>
internal sealed class RunSifting(RunTable table, long from, long through, Sift sift)
{
    private readonly ArrayBufferWriter<byte> _kept = new();

    public void Sift(Run run)
    {
        var (gone, isChanged) = (0L, false);
        var parts = run.Index.Between(from, through);
        for (var part = parts.Start.Value; part < parts.End.Value; part++)
        {
            if (Sift(run, part) is not { } some) continue;
            gone += some;
            isChanged = true;
        }

        if (!isChanged) return;
        run.Entries = Math.Max(0, run.Entries - gone);
        table.SaveEntries(run);
        table.Renew(run, run.Index.StretchesOf(parts));
    }

    /// <returns>Entries that went; null where nothing of them did.</returns>
    private int? Sift(Run run, int part)
    {
        var data = table.ReadChunk(run, part);
        var (writer, reader, gone, isChanged) = (new ChunkWriter(), new ChunkReader(), 0, false);
        while (reader.Read(data))
        {
            var content = reader.Content(data);
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

        if (!isChanged) return null;
        table.PutChunk(run, part, writer);
        return gone;
    }
}
