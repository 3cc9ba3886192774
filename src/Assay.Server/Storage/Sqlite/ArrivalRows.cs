using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite;

/// <summary>What commits counted that no row tells, in SQL.</summary>
internal sealed class ArrivalRows(EventDatabase database)
{
    /// <summary>Keeps what a commit counted.</summary>
    public void Save(IEnumerable<ArrivalChange> changes, long watermark, long now)
    {
        if (ArrivalPacking.Pack(changes) is not { } counts) return;
        database.Prepare("insert into arrivals (watermark, number, at, counts) select ?1, ifnull(max(number) + 1, 0), ?2, ?3 from arrivals where watermark = ?1")
            .Bind(1, watermark).Bind(2, now).Bind(3, counts).Run();
    }

    /// <summary>What was counted after a moment, the last first.</summary>
    public List<byte[]> After(PastView view)
    {
        var found = new List<byte[]>();
        var rows = database.Prepare("select counts from arrivals where watermark >= ?1 and (watermark > ?1 or at > ?2) order by watermark desc, number desc").Bind(1, view.Watermark).Bind(2, view.ReadAt);
        while (rows.Step()) found.Add(rows.Blob(0).ToArray());
        rows.Reset();
        return found;
    }
}
