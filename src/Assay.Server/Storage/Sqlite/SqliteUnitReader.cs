using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Units out of a SQLite file, whoever serves it meanwhile.</summary>
internal sealed class SqliteUnitReader(string connectionString) : IUnitReader
{
    public Task<bool> ReadAsync(string experiment, Func<UnitMeasure, long, IUnitVisitor> begin, CancellationToken cancellation) => Task.Run(
        () =>
        {
            using var database = EventDatabase.Reading(connectionString);
            return database.Read(() =>
            {
                if (new ViewRows(database).Find(experiment) is not { Measure: { } measure } state) return false;
                if (state.SealedAt is { } sealedAt) throw new SealedException(experiment, sealedAt);
                var visitor = begin(measure, database.Number("select ifnull(max(watermark), 0) from commits"));
                UnitScan.Visit(database, state.Id, measure, visitor, tellsUsers: true, asOf: null, cancellation);
                return true;
            });
        },
        cancellation);

    public Task<long?> ReadRowsAsync(string experiment, RowKind kind, Action<StoredRow> show, CancellationToken cancellation) => Task.Run(
        () =>
        {
            using var database = EventDatabase.Reading(connectionString);
            return database.Read(() =>
            {
                if (new ViewRows(database).Find(experiment) is not { Measure: { } measure } state) return (long?)null;
                if (state.SealedAt is { } sealedAt) throw new SealedException(experiment, sealedAt);
                RowReading.Show(database, state.Id, measure, kind, show, cancellation);
                return database.Number("select ifnull(max(watermark), 0) from commits");
            });
        },
        cancellation);
}
