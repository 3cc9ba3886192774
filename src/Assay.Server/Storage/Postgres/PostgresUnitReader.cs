using System.Data;
using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;
using Npgsql;

namespace Assay.Server.Storage.Postgres;

/// <summary>Units out of a PostgreSQL database, whoever serves it meanwhile.</summary>
internal sealed class PostgresUnitReader(NpgsqlDataSource source) : IUnitReader
{
    public async Task<bool> ReadAsync(string experiment, Func<UnitMeasure, long, IUnitVisitor> begin, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        if (await ViewOpening.TryFindAsync(connection, experiment, new ViewIndex(0, []), cancellation) is not { Measure: { } measure } state) return false;
        if (state.SealedAt is { } sealedAt) throw new SealedException(experiment, sealedAt);
        var (watermark, _) = await StateReader.InstallationAsync(connection, cancellation);
        await UnitScan.VisitAsync(connection, state.Id, measure, begin(measure, watermark), tellsUsers: true, asOf: null, cancellation);
        return true;
    }

    public async Task<long?> ReadRowsAsync(string experiment, RowKind kind, Action<StoredRow> show, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        if (await ViewOpening.TryFindAsync(connection, experiment, new ViewIndex(0, []), cancellation) is not { Measure: { } measure } state) return null;
        if (state.SealedAt is { } sealedAt) throw new SealedException(experiment, sealedAt);
        var (watermark, _) = await StateReader.InstallationAsync(connection, cancellation);
        await RowReading.ShowAsync(connection, state.Id, measure, kind, show, cancellation);
        return watermark;
    }
}
