using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;
using Npgsql;

namespace Assay.Server.Storage.Postgres;

/// <summary>An experiment's rows as they are stored, unit after unit, each unit's in the order they came.</summary>
internal static class RowReading
{
    private const int RowsBetweenLooks = 16_384;

    private const string Exposures =
        """
        select u.user_id, x.at, x.client_at, x.arrived_at, x.attributes, x.variation, x.id, x.source
        from exposures x left join units u on u.unit = x.unit where x.experiment = $1 order by x.unit, x.batch, x.item
        """;

    private const string Events =
        """
        select u.user_id, e.at, e.client_at, e.arrived_at, e.properties, n.text, e.id, e.id_text, e.value
        from events e join names n on n.name = e.name left join units u on u.unit = e.unit
        where n.text = any($1) and e.at >= $2 and e.at < $3 order by e.unit, e.batch, e.item
        """;

    public static async Task ShowAsync(
        NpgsqlConnection connection, int experiment, UnitMeasure measure, RowKind kind, Action<StoredRow> show, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(kind == RowKind.Exposure ? Exposures : Events, connection) { CommandTimeout = 0 };
        if (kind == RowKind.Exposure)
        {
            command.Parameters.Add(Commands.With(experiment));
        }
        else
        {
            command.Parameters.Add(Commands.With(measure.Names.ToArray()));
            command.Parameters.Add(Commands.With(measure.View.StartedAt));
            command.Parameters.Add(Commands.With(measure.View.ClosesAt ?? long.MaxValue));
        }

        await using var row = await command.ExecuteReaderAsync(cancellation);
        for (var rows = 0; await row.ReadAsync(cancellation); rows++)
        {
            if (rows % RowsBetweenLooks == 0) cancellation.ThrowIfCancellationRequested();
            show(kind == RowKind.Exposure ? ExposureOf(row) : EventOf(row));
        }
    }

    private static StoredRow ExposureOf(NpgsqlDataReader row) => new(
        row.TextOrNull(0), row.TextOrNull(6), "", row.GetInt32(5), 0, row.GetInt64(1), row.Int64OrNull(2), row.GetInt64(3), row.TextOrNull(4), row.TextOrNull(7));

    private static StoredRow EventOf(NpgsqlDataReader row) => new(
        row.TextOrNull(0),
        EventId.Told(row.IsDBNull(6) ? null : row.GetGuid(6), row.TextOrNull(7)),
        row.GetString(5), 0, row.GetDouble(8), row.GetInt64(1), row.Int64OrNull(2), row.GetInt64(3), row.TextOrNull(4), Source: null);
}
