using Assay.Server.Storage.Auditing;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Exclusions in SQL.</summary>
internal sealed class ExclusionRows(EventDatabase database)
{
    /// <summary>Who is excluded, as the last commit left it.</summary>
    public ExcludedUnits Load()
    {
        var found = new List<ExclusionChange>();
        var rows = database.Prepare("select unit, experiment from exclusions where lifted_by is null");
        while (rows.Step()) found.Add(new ExclusionChange(rows.Int64(0), rows.Int32(1), IsLifting: false));
        rows.Reset();
        return ExcludedUnits.None.With(database.Number("select ifnull(max(max(watermark, ifnull(lifted_by, 0))), 0) from exclusions"), found);
    }

    /// <summary>Numbers of units that are excluded from an experiment, as a commit left it; the last unless told.</summary>
    public HashSet<long> Among(int experiment, long? asOf = null)
    {
        var found = new HashSet<long>();
        var rows = asOf is { } commit
            ? database.Prepare("select unit from exclusions where watermark <= ?2 and (lifted_by is null or lifted_by > ?2) and experiment in (0, ?1)").Bind(1, experiment).Bind(2, commit)
            : database.Prepare("select unit from exclusions where lifted_by is null and experiment in (0, ?)").Bind(1, experiment);
        while (rows.Step()) found.Add(rows.Int64(0));
        rows.Reset();
        return found;
    }

    public void Save(IEnumerable<ExclusionChange> changes, long watermark, long now)
    {
        foreach (var change in changes)
        {
            if (change.IsLifting)
            {
                database.Prepare("update exclusions set lifted_at = ?, lifted_by = ? where unit = ? and experiment = ? and lifted_by is null")
                    .Bind(1, now).Bind(2, watermark).Bind(3, change.Unit).Bind(4, change.Experiment).Run();
            }
            else
            {
                database.Prepare("insert into exclusions (unit, experiment, reason, since, watermark) values (?, ?, ?, ?, ?)")
                    .Bind(1, change.Unit).Bind(2, change.Experiment).Bind(3, change.Reason).Bind(4, now).Bind(5, watermark).Run();
            }
        }
    }

    /// <summary>Removes a unit's exclusions, lifted ones too.</summary>
    /// <returns>Those that were removed.</returns>
    public IReadOnlyList<ExclusionChange> Remove(long unit)
    {
        var found = new List<ExclusionChange>();
        var rows = database.Prepare("select experiment from exclusions where unit = ?").Bind(1, unit);
        while (rows.Step()) found.Add(new ExclusionChange(unit, rows.Int32(0), IsLifting: true));
        rows.Reset();
        database.Prepare("delete from exclusions where unit = ?").Bind(1, unit).Run();
        return found;
    }

    /// <summary>Says in the audit what was done, in the same transaction.</summary>
    public void Audit(IEnumerable<AuditEntry> entries)
    {
        string? head = null;
        foreach (var entry in entries)
        {
            head = AuditChain.Next(head ?? AuditHead(), entry);
            database.Prepare("insert into audit (at, actor, action, experiment, detail, hash) values (?, ?, ?, ?, ?, ?)")
                .Bind(1, Microseconds.Of(entry.At)).Bind(2, entry.Actor).Bind(3, entry.Action).Bind(4, entry.Experiment).Bind(5, entry.Detail).Bind(6, head).Run();
        }
    }

    private string AuditHead()
    {
        var last = database.Prepare("select hash from audit order by number desc limit 1");
        var (exists, hash) = last.Step() ? (true, last.TextOrNull(0)) : (false, null);
        last.Reset();
        return !exists ? AuditChain.Start : hash ?? AuditChain.Fold(Entries());
    }

    private List<AuditEntry> Entries()
    {
        var entries = new List<AuditEntry>();
        var rows = database.Prepare("select at, actor, action, experiment, detail from audit order by number");
        while (rows.Step()) entries.Add(new AuditEntry(Microseconds.ToTime(rows.Int64(0)), rows.Text(1), rows.Text(2), rows.TextOrNull(3), rows.Text(4)));
        rows.Reset();
        return entries;
    }
}
