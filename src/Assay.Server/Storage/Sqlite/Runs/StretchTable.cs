using System.Runtime.InteropServices;

namespace Assay.Server.Storage.Sqlite.Runs;

/// <summary>What is known of runs in SQL.</summary>
internal sealed class StretchTable(EventDatabase database)
{
    /// <summary>Tells a run what is stored of its index.</summary>
    public void Load(Run run)
    {
        var rows = database.Prepare("select part, firsts, last, bits from run_stretches where run = ? order by part").Bind(1, run.Number);
        while (rows.Step())
        {
            var firsts = rows.Blob(1);
            if (firsts.IsEmpty || firsts.Length % sizeof(long) != 0 || rows.Int32(0) != run.Index.StoredEnd) throw new DamagedStorageException($"What is known of run {run.Number} is damaged.");
            run.Index.Put(new Stretch(rows.Int32(0), MemoryMarshal.Cast<byte, long>(firsts).ToArray(), rows.Int64(2), Filter.Read(rows.Blob(3))));
        }

        rows.Reset();
        if (run is { IsGrowing: false, Entries: > 0, Index.StoredEnd: 0 }) throw new DamagedStorageException($"Nothing is known of run {run.Number}.");
    }

    public void Save(Run run, Stretch stretch) =>
        database.Prepare("insert or replace into run_stretches (run, part, firsts, last, bits) values (?, ?, ?, ?, ?)")
            .Bind(1, run.Number).Bind(2, stretch.Part).Bind(3, MemoryMarshal.AsBytes(stretch.Firsts.AsSpan())).Bind(4, stretch.Last).Bind(5, stretch.Filter.Write()).Run();

    public void Remove(Run run) => database.Prepare("delete from run_stretches where run = ?").Bind(1, run.Number).Run();
}
