using System.Collections.Immutable;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Sqlite;

/// <summary>The event store on a SQLite file: one writing connection, and published states that readers take without a lock.</summary>
internal sealed class SqliteEventStore : IEventStore
{
    private readonly string _connectionString;
    private readonly Lock _writing = new();
    private readonly EventDatabase _database;
    private readonly UnitDirectory _units;
    private readonly NameDirectory _names;
    private readonly EventRows _rows;
    private readonly ViewRows _views;
    private long _batches;
    private volatile ViewIndex _published;

    /// <summary>Opens a migrated file and restores what the last commit published; no event is read.</summary>
    public SqliteEventStore(string connectionString)
    {
        _connectionString = connectionString;
        _database = new EventDatabase(connectionString);
        _units = new UnitDirectory(_database);
        _names = new NameDirectory(_database);
        _rows = new EventRows(_database, _names);
        _views = new ViewRows(_database);
        _batches = Number("select ifnull(max(batch), 0) from commits");
        _published = new ViewIndex(Number("select ifnull(max(watermark), 0) from commits"), _views.Load());
    }

    public long Watermark => _published.Watermark;

    public MeasuredExperiment? Read(string experiment)
    {
        var published = _published;
        return published.Find(experiment)?.ToPicture(published.Watermark);
    }

    public Task<IngestionCounts> CountAsync(string experiment, CancellationToken cancellation)
    {
        var published = _published;
        return Task.FromResult((published.Find(experiment) ?? new ViewState(0, experiment)).ToCounts(published.Watermark));
    }

    public Task<ImmutableArray<BatchOutcome>> CommitAsync(IReadOnlyList<Batch> batches, DateTimeOffset now, CancellationToken cancellation)
    {
        lock (_writing) return Task.FromResult(Commit(batches, now));
    }

    public Task OpenAsync(ExperimentView view, DateTimeOffset now, CancellationToken cancellation)
    {
        lock (_writing) Open(view, Microseconds(now));
        return Task.CompletedTask;
    }

    public Task<MeasuredExperiment?> RecomputeAsync(string experiment, CancellationToken cancellation) => Task.Run(
        () =>
        {
            using var database = new EventDatabase(_connectionString);
            return database.Read(() =>
            {
                if (new ViewRows(database).Find(experiment) is not { Measure: { } measure } state) return null;
                var watermark = Number(database, "select ifnull(max(watermark), 0) from commits");
                var (accumulators, last) = UnitScan.Run(database, state.Id, measure, state.CompactedThrough);
                return (state with { Accumulators = accumulators.ToImmutable(), LastEventAt = last }).ToPicture(watermark);
            });
        },
        cancellation);

    public ValueTask DisposeAsync()
    {
        lock (_writing) _database.Dispose();
        return ValueTask.CompletedTask;
    }

    private ImmutableArray<BatchOutcome> Commit(IReadOnlyList<Batch> batches, DateTimeOffset now)
    {
        var drafts = new Drafts(_published, _views);
        var work = new CommitWork(_units, _names, _rows, drafts);
        var outcome = Write(() =>
        {
            var fates = batches.Select(work.Accept).ToList();
            var watermark = _published.Watermark;
            if (work.HasRows)
            {
                work.Apply(_batches + 1);
                foreach (var view in drafts.Opened) view.CompactThrough(Maturity.CompactedThrough(Microseconds(now)));
                watermark++;
            }

            foreach (var view in drafts.All) view.Save(_views, _names, watermark);
            if (work.HasRows) Number(watermark, now);
            return (Watermark: watermark, Fates: fates);
        });

        if (work.HasRows) _batches++;
        work.Keep();
        _published = _published.With(outcome.Watermark, [.. drafts.All.Select(view => view.ToState(outcome.Watermark))]);
        return [.. outcome.Fates.Select(fates => new BatchOutcome(fates, outcome.Watermark))];
    }

    private void Open(ExperimentView view, long now)
    {
        var known = _published.Find(view.Key);
        var json = ViewRows.ToJson(view);
        if (known?.Measure is { } opened && ViewRows.ToJson(opened.View) == json) return;
        var watermark = _published.Watermark + 1;
        var state = Write(() =>
        {
            var next = (known ?? new ViewState(_published.NextId, view.Key)) with { Measure = new UnitMeasure(view), TouchedBy = watermark };
            if (known is null) _views.Add(next.Id, view.Key);
            if (known?.Measure is null) next = next with { CompactedThrough = Maturity.CompactedThrough(now) };
            if (Opening.ChangesAnything(known, view, _names)) next = Opening.MeasureAnew(_database, _views, next, isFirst: known?.Measure is null);
            _views.SaveView(next.Id, view);
            _views.SaveProgress(next);
            Number(watermark, DateTimeOffset.UnixEpoch.AddTicks(now * TimeSpan.TicksPerMicrosecond));
            return next;
        });
        _batches++;
        _published = _published.With(watermark, [state]);
    }

    private T Write<T>(Func<T> work)
    {
        try
        {
            var result = _database.Write(work);
            _units.Keep();
            _names.Keep();
            return result;
        }
        catch
        {
            _units.Forget();
            _names.Forget();
            throw;
        }
    }

    /// <summary>Gives the commit its number: the last statement of its transaction.</summary>
    private void Number(long watermark, DateTimeOffset now)
    {
        _names.Save();
        _database.Prepare("insert into commits (batch, watermark, committed_at) values (?, ?, ?)")
            .Bind(1, _batches + 1).Bind(2, watermark).Bind(3, Microseconds(now)).Run();
    }

    private long Number(string sql) => Number(_database, sql);

    private static long Number(EventDatabase database, string sql)
    {
        using var row = database.Open(sql);
        row.Step();
        return row.Int64(0);
    }

    private static long Microseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
