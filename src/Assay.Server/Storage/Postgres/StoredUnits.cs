using System.Buffers;
using Assay.Server.Storage.Commits;
using Npgsql;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>Reads the rows that units had before a commit: exposures and covariates of every experiment, and the events that any opened one uses.</summary>
/// <param name="session">The commit's session.</param>
/// <param name="index">Every opened experiment.</param>
/// <param name="own">The commit's own batch, which is left out.</param>
internal sealed class StoredUnits(WriterSession session, ViewIndex index, long own)
{
    private readonly string[] _names = [.. index.Opened.SelectMany(view => view.Measure!.Names).Distinct(StringComparer.Ordinal)];
    private readonly bool _isSegmented = index.Opened.Any(view => !view.Measure!.View.Segments.IsEmpty);
    private readonly bool _isFiltered = index.Opened.Any(view => view.Measure!.View.Plans.Any(plan => plan.Filter is not null));

    /// <summary>The packed rows of each unit that has any.</summary>
    public async Task<Dictionary<long, byte[]>> ReadAsync(long[] units, CancellationToken cancellation)
    {
        if (units.Length == 0) return [];
        await using var batch = Reading(units);
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var found = new Packed(session);
        while (await rows.ReadAsync(cancellation)) found.AddExposure(rows);
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) found.AddCovariate(rows);
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) found.AddEvent(rows);
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) session.Memory.Tell(rows.GetInt32(0), rows.GetString(1));
        return found.Units.ToDictionary(unit => unit.Key, unit => unit.Value.WrittenSpan.ToArray());
    }

    /// <summary>The packed rows of a unit of which only its tallies were remembered: seldom needed, in the middle of measuring.</summary>
    public byte[] Read(long unit)
    {
        using var batch = Reading([unit]);
        using var rows = batch.ExecuteReader();
        var found = new Packed(session);
        while (rows.Read()) found.AddExposure(rows);
        rows.NextResult();
        while (rows.Read()) found.AddCovariate(rows);
        rows.NextResult();
        while (rows.Read()) found.AddEvent(rows);
        rows.NextResult();
        while (rows.Read()) session.Memory.Tell(rows.GetInt32(0), rows.GetString(1));
        return found.Units.TryGetValue(unit, out var packed) ? packed.WrittenSpan.ToArray() : [];
    }

    private NpgsqlBatch Reading(long[] units) => session.Connection.Batch(
        Sql(
            $"""
            select unit, experiment, variation, at, client_at, arrived_at, id, {(_isSegmented ? "attributes" : "null::text")} from exposures
            where unit = any($1) and batch <> $2
            """,
            With(units), With(own)),
        Sql("select c.unit, c.experiment, c.name, n.text, c.value from covariates c join names n on n.name = c.name where c.unit = any($1)", With(units)),
        Sql(
            $"""
            select unit, name, at, value, arrived_at, {(_isFiltered ? "properties" : "null::text")} from events
            where unit = any($1) and name = any(array(select name from names where text = any($2))) and batch <> $3
            """,
            With(units), With(_names), With(own)),
        // After the events: each statement sees what is committed when it begins, and another process may just have given the first of them its name.
        Sql("select name, text from names where text = any($1)", With(_names)));

    private sealed class Packed(WriterSession session)
    {
        public Dictionary<long, ArrayBufferWriter<byte>> Units { get; } = [];

        public void AddExposure(NpgsqlDataReader row) => Add(row.GetInt64(0), new PackedRow(RowKind.Exposure)
        {
            Experiment = row.GetInt32(1),
            Variation = row.GetInt32(2),
            At = row.GetInt64(3),
            ClientAt = row.Int64OrNull(4),
            ArrivedAt = row.GetInt64(5),
            Id = row.TextOrNull(6),
            Json = row.TextOrNull(7),
        });

        public void AddCovariate(NpgsqlDataReader row)
        {
            session.Memory.Tell(row.GetInt32(2), row.GetString(3));
            Add(row.GetInt64(0), new PackedRow(RowKind.Covariate) { Experiment = row.GetInt32(1), Name = row.GetInt32(2), Value = row.GetDouble(4) });
        }

        public void AddEvent(NpgsqlDataReader row) => Add(row.GetInt64(0), new PackedRow(RowKind.Event)
        {
            Name = row.GetInt32(1),
            At = row.GetInt64(2),
            Value = row.GetDouble(3),
            ArrivedAt = row.GetInt64(4),
            Json = row.TextOrNull(5),
        });

        private void Add(long unit, in PackedRow row)
        {
            if (!Units.TryGetValue(unit, out var packed)) Units.Add(unit, packed = new ArrayBufferWriter<byte>(64));
            RowPacking.Write(packed, row);
        }
    }
}
