using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite;

/// <summary>What commits counted that no row tells, in SQL.</summary>
internal sealed class ArrivalRows(EventDatabase database)
{
    /// <summary>How far it goes on that nobody waits for any more.</summary>
    private const int RowsBetweenLooks = 16_384;

    /// <summary>Keeps what a commit counted.</summary>
    public void Save(IEnumerable<ArrivalChange> changes, long watermark, long now)
    {
        if (ArrivalPacking.Pack(changes) is not { } counts) return;
        database.Prepare("insert into arrivals (watermark, number, at, counts) select ?1, ifnull(max(number) + 1, 0), ?2, ?3 from arrivals where watermark = ?1")
            .Bind(1, watermark).Bind(2, now).Bind(3, counts).Run();
    }

    /// <summary>Goes back before every commit since a moment, however many.</summary>
    public void GoBack(Past past, PastView view, CancellationToken cancellation)
    {
        var rows = database.Prepare("select counts from arrivals where watermark >= ?1 and (watermark > ?1 or at > ?2)").Bind(1, view.Watermark).Bind(2, view.ReadAt);
        for (var looks = 0; rows.Step(); looks++)
        {
            if (looks % RowsBetweenLooks == 0) cancellation.ThrowIfCancellationRequested();
            past.GoBefore(rows.Blob(0));
        }

        rows.Reset();
    }
}
