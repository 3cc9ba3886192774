using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Runs of a file from before chunks were pages. Ids and user ids are told again from the rows and units.</summary>
internal static class OldChunks
{
    public static void Pack(EventDatabase database, RunFiller filler)
    {
        using var chunk = database.Open("select first, data from old_chunks where run in (select run from old_runs where kind = 0)");
        while (chunk.Step())
        {
            var unit = chunk.Int64(0);
            var data = chunk.Blob(1);
            for (var place = 0; place < data.Length;)
            {
                unit += (long)Varint.Read(data, ref place);
                var length = (int)Varint.Read(data, ref place);
                for (var end = place + length; place < end;) filler.Add(unit, RowPacking.Read(data, ref place));
            }
        }
    }
}
