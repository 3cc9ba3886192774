using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Packs the rows that a file has from before there were runs, once: all of them, or, when it is interrupted, none.</summary>
internal static class OldRows
{
    public static void Pack(string connectionString)
    {
        using var database = new EventDatabase(connectionString);
        if (!AreThere(database)) return;
        database.Write(() => AreThere(database) ? Pack(database) : 0);
    }

    /// <summary>Asked again inside the transaction: another process may have packed them meanwhile.</summary>
    private static bool AreThere(EventDatabase database) => Has(database, "old_events") || Has(database, "old_chunks");

    private static bool Has(EventDatabase database, string table)
    {
        using var row = database.Open("select count(*) from sqlite_master where name = ?").Bind(1, table);
        row.Step();
        return row.Int64(0) > 0;
    }

    private static int Pack(EventDatabase database)
    {
        var filler = new RunFiller(database);
        using (var units = database.Open("select unit, user_id from units order by unit"))
            while (units.Step()) filler.AddUser(units.Int64(0), units.Text(1));
        if (Has(database, "old_events"))
        {
            PackExposures(database, filler);
            PackEvents(database, filler);
            PackCovariates(database, filler);
        }

        OldChunks.Pack(database, filler);
        filler.Flush();
        foreach (var table in (ReadOnlySpan<string>)["old_exposures", "old_events", "old_covariates", "old_chunks", "old_runs"]) database.Execute($"drop table if exists {table}");
        return 0;
    }

    private static void PackExposures(EventDatabase database, RunFiller filler)
    {
        using var row = database.Open(
            "select unit, batch, item, experiment, variation, at, at + client_offset, at + delay, id, attributes, source from old_exposures order by unit, batch, item");
        while (row.Step())
        {
            filler.Add(row.Int64(0), new PackedRow(RowKind.Exposure)
            {
                Batch = row.Int64(1),
                Item = row.Int32(2),
                Experiment = row.Int32(3),
                Variation = row.Int32(4),
                At = row.Int64(5),
                ClientAt = row.Int64OrNull(6),
                ArrivedAt = row.Int64(7),
                Id = Id(row, 8),
                Json = row.TextOrNull(9),
                Source = row.TextOrNull(10),
            });
        }
    }

    private static void PackEvents(EventDatabase database, RunFiller filler)
    {
        using var row = database.Open(
            "select unit, batch, item, name, at, at + client_offset, at + delay, value, ifnull(scope, 0), id, properties from old_events order by unit, batch, item");
        while (row.Step())
        {
            filler.Add(row.Int64(0), new PackedRow(RowKind.Event)
            {
                Batch = row.Int64(1),
                Item = row.Int32(2),
                Name = row.Int32(3),
                At = row.Int64(4),
                ClientAt = row.Int64OrNull(5),
                ArrivedAt = row.Int64(6),
                Value = row.Real(7),
                Experiment = row.Int32(8),
                EventId = Id(row, 9) is { } id ? EventId.Of(id) : null,
                Json = row.TextOrNull(10),
            });
        }
    }

    private static void PackCovariates(EventDatabase database, RunFiller filler)
    {
        using var row = database.Open("select unit, batch, experiment, name, value from old_covariates order by unit, experiment, name");
        while (row.Step())
            filler.Add(row.Int64(0), new PackedRow(RowKind.Covariate) { Batch = row.Int64(1), Experiment = row.Int32(2), Name = row.Int32(3), Value = row.Real(4) });
    }

    /// <summary>Ids that were UUIDs were 16 bytes.</summary>
    private static string? Id(Statement row, int column)
    {
        if (row.IsNull(column)) return null;
        return row.IsBlob(column) ? new Guid(row.Blob(column), bigEndian: true).ToString("D") : row.Text(column);
    }
}
