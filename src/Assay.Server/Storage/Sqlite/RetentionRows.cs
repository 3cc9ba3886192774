namespace Assay.Server.Storage.Sqlite;

/// <summary>How far rows have gone, in SQL.</summary>
internal sealed class RetentionRows(EventDatabase database)
{
    /// <summary>The first time from which rows are kept; <see cref="RetentionPlan.Nowhere"/> while everything is.</summary>
    public long Horizon() => database.Number($"select ifnull(max(horizon), {RetentionPlan.Nowhere}) from retention");

    /// <summary>The commit that last moved the horizon, while rows may be left that have gone; null when none is.</summary>
    public long? Unswept() => database.Number("select ifnull(max(watermark), 0) from retention where swept_at is null") is > 0 and var watermark ? watermark : null;

    public void Save(long watermark, long horizon, long lastUnit, long now) =>
        database.Prepare("insert into retention (watermark, horizon, last_unit, at) values (?, ?, ?, ?)")
            .Bind(1, watermark).Bind(2, horizon).Bind(3, lastUnit).Bind(4, now).Run();

    /// <summary>Units may be removed that got their numbers since.</summary>
    public void SaveLastUnit(long watermark, long lastUnit) =>
        database.Prepare("update retention set last_unit = ? where watermark = ?").Bind(1, lastUnit).Bind(2, watermark).Run();

    /// <summary>Nothing is left of what had gone at that commit.</summary>
    public void SaveSwept(long watermark, long now) =>
        database.Prepare("update retention set swept_at = ? where swept_at is null and watermark <= ?").Bind(1, now).Bind(2, watermark).Run();

    /// <summary>Numbers of the experiments whose rows have gone.</summary>
    public HashSet<int> Sealed()
    {
        var found = new HashSet<int>();
        var rows = database.Prepare("select experiment from experiment_views where sealed_at is not null");
        while (rows.Step()) found.Add(rows.Int32(0));
        rows.Reset();
        return found;
    }
}
