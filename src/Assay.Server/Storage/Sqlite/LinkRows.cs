using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Links between ids in SQL.</summary>
internal sealed class LinkRows(EventDatabase database)
{
    /// <summary>Who is one person, as a commit left it; the last unless told.</summary>
    public LinkedUnits Load(long? asOf = null)
    {
        var found = new List<LinkChange>();
        var rows = asOf is { } commit
            ? database.Prepare("select unit, into_unit from identity_links where watermark <= ?1 and (lifted_by is null or lifted_by > ?1)").Bind(1, commit)
            : database.Prepare("select unit, into_unit from identity_links where lifted_by is null");
        while (rows.Step()) found.Add(new LinkChange(rows.Int64(0), rows.Int64(1), IsLifting: false));
        rows.Reset();
        return found.Count == 0 ? LinkedUnits.None : LinkedUnits.None.With(database.Number("select max(max(watermark, ifnull(lifted_by, 0))) from identity_links"), found);
    }

    public void Save(IEnumerable<LinkChange> changes, long watermark, long now)
    {
        foreach (var change in changes)
        {
            if (change.IsLifting)
            {
                database.Prepare("update identity_links set lifted_at = ?, lifted_by = ? where unit = ? and lifted_by is null")
                    .Bind(1, now).Bind(2, watermark).Bind(3, change.Unit).Run();
            }
            else
            {
                database.Prepare("insert into identity_links (unit, into_unit, since, watermark) values (?, ?, ?, ?)")
                    .Bind(1, change.Unit).Bind(2, change.Into).Bind(3, now).Bind(4, watermark).Run();
            }
        }
    }

    /// <summary>Removes every link from or to a unit, lifted ones too.</summary>
    /// <returns>How many.</returns>
    public long Remove(long unit)
    {
        database.Prepare("delete from identity_links where unit = ?1 or into_unit = ?1").Bind(1, unit).Run();
        return database.Number("select changes()");
    }
}
