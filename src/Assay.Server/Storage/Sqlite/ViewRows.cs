using System.Collections.Immutable;
using Assay.Analysis.Exact;
using Assay.Analysis.Measurement;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Experiments' views, accumulators and counts in SQL.</summary>
internal sealed class ViewRows(EventDatabase database)
{
    public void Add(int experiment, string key) =>
        database.Prepare("insert into experiment_views (experiment, key) values (?, ?)").Bind(1, experiment).Bind(2, key).Run();

    public void SaveView(int experiment, ExperimentView view) =>
        database.Prepare("update experiment_views set view = ? where experiment = ?").Bind(1, ViewJson.Write(view)).Bind(2, experiment).Run();

    /// <summary>Writes what a commit changed.</summary>
    public void Save(ViewDraft draft, NameDirectory names, long watermark)
    {
        var experiment = draft.State.Id;
        foreach (var ((variation, day), totals) in draft.Receipts) AddReceipts(experiment, variation, day, totals);
        foreach (var (name, total) in draft.Events) SaveEventTotal(experiment, names.Find(name), total);
        if (!draft.HasProgress) return;
        foreach (var (key, accumulator) in draft.ChangedAccumulators) SaveAccumulator(experiment, key, accumulator);
        SaveProgress(draft.ToState(watermark));
    }

    /// <summary>Replaces accumulators and event counts by those of a full measure.</summary>
    public void Replace(int experiment, FullMeasure measured, NameDirectory names)
    {
        database.Prepare("delete from accumulators where experiment = ?").Bind(1, experiment).Run();
        foreach (var (key, accumulator) in measured.Accumulators.Changed) SaveAccumulator(experiment, key, accumulator);
        database.Prepare("delete from event_counts where experiment = ?").Bind(1, experiment).Run();
        foreach (var (name, total) in measured.Events) SaveEventTotal(experiment, names.Find(name), total);
    }

    public void SaveProgress(ViewState state) =>
        database.Prepare("update experiment_views set touched_by = ?, last_event_at = ?, rearmed = ?, compacted_through = ? where experiment = ?")
            .Bind(1, state.TouchedBy).Bind(2, state.LastEventAt).Bind(3, state.Rearmed).Bind(4, state.CompactedThrough).Bind(5, state.Id).Run();

    /// <summary>Counts a unit that was erased.</summary>
    public void SaveErased(ViewDraft draft) =>
        database.Prepare("update experiment_views set erased = ? where experiment = ?").Bind(1, draft.Erased).Bind(2, draft.State.Id).Run();

    /// <summary>An experiment's rows have gone.</summary>
    public void Seal(int experiment, long now) =>
        database.Prepare("update experiment_views set sealed_at = ? where experiment = ?").Bind(1, now).Bind(2, experiment).Run();

    private void SaveAccumulator(int experiment, in AccumulatorKey key, Accumulator accumulator)
    {
        var statement = accumulator.IsEmpty
            ? database.Prepare("delete from accumulators where experiment = ? and epoch = ? and arm = ? and metric = ? and slice = ? and matures_at = ?")
            : database.Prepare("insert or replace into accumulators (experiment, epoch, arm, metric, slice, matures_at, sums) values (?, ?, ?, ?, ?, ?, ?)")
                .Bind(7, accumulator.Encode());
        statement.Bind(1, experiment).Bind(2, key.Epoch).Bind(3, key.Arm).Bind(4, key.Metric).Bind(5, key.Slice).Bind(6, key.MaturesAt).Run();
    }

    private void AddReceipts(int experiment, int variation, long day, ReceiptTotals totals) =>
        database.Prepare(
            """
            insert into receipt_counts (experiment, variation, day, received, duplicate, refused) values (?, ?, ?, ?, ?, ?)
            on conflict do update set received = received + excluded.received, duplicate = duplicate + excluded.duplicate, refused = refused + excluded.refused
            """)
            .Bind(1, experiment).Bind(2, variation).Bind(3, day).Bind(4, totals.Received).Bind(5, totals.Duplicate).Bind(6, totals.Refused).Run();

    private void SaveEventTotal(int experiment, int name, EventTotal total) =>
        database.Prepare("insert or replace into event_counts (experiment, name, count, total) values (?, ?, ?, ?)")
            .Bind(1, experiment).Bind(2, name).Bind(3, total.Count).Bind(4, total.EncodeValues()).Run();

    /// <summary>Every experiment as the last commit left it; no event is read.</summary>
    public IEnumerable<ViewState> Load()
    {
        var views = database.Prepare("select experiment, key, view, touched_by, last_event_at, rearmed, compacted_through, erased, sealed_at from experiment_views");
        var states = new List<ViewState>();
        while (views.Step()) states.Add(ReadView(views));
        views.Reset();
        return states.ConvertAll(state => state with { Accumulators = Accumulators(state.Id), Events = Events(state.Id), Receipts = Receipts(state.Id) });
    }

    /// <summary>An experiment without its accumulators and counts; null when unknown.</summary>
    public ViewState? Find(string key)
    {
        var view = database.Prepare(
            "select experiment, key, view, touched_by, last_event_at, rearmed, compacted_through, erased, sealed_at from experiment_views where key = ?").Bind(1, key);
        var state = view.Step() ? ReadView(view) : null;
        view.Reset();
        return state;
    }

    /// <summary>The experiment with what was received for it.</summary>
    public ViewState WithReceipts(ViewState state) => state with { Receipts = Receipts(state.Id) };

    private static ViewState ReadView(Statement row) => new(row.Int32(0), row.Text(1))
    {
        Measure = row.TextOrNull(2) is { } json ? new UnitMeasure(ViewJson.Read(json)) : null,
        TouchedBy = row.Int64(3),
        LastEventAt = row.Int64OrNull(4),
        Rearmed = row.Int64(5),
        CompactedThrough = row.Int64(6),
        Erased = row.Int64(7),
        SealedAt = row.Int64OrNull(8),
    };

    private ImmutableDictionary<AccumulatorKey, Accumulator> Accumulators(int experiment)
    {
        var found = ImmutableDictionary.CreateBuilder<AccumulatorKey, Accumulator>();
        var rows = database.Prepare("select epoch, arm, metric, slice, matures_at, sums from accumulators where experiment = ?").Bind(1, experiment);
        while (rows.Step())
            found.Add(new AccumulatorKey(rows.Int32(0), rows.Int32(1), rows.Text(2), rows.Text(3), rows.Int64(4)), Accumulator.Decode(rows.Blob(5)));
        rows.Reset();
        return found.ToImmutable();
    }

    private ImmutableDictionary<string, EventTotal> Events(int experiment)
    {
        var found = ImmutableDictionary.CreateBuilder<string, EventTotal>(StringComparer.Ordinal);
        var rows = database.Prepare("select n.text, c.count, c.total from event_counts c join names n on n.name = c.name where c.experiment = ?").Bind(1, experiment);
        while (rows.Step()) found.Add(rows.Text(0), new EventTotal(rows.Int64(1), ExactSum.Read(rows.Blob(2)).Sum));
        rows.Reset();
        return found.ToImmutable();
    }

    private ImmutableDictionary<ReceiptKey, ReceiptTotals> Receipts(int experiment)
    {
        var found = ImmutableDictionary.CreateBuilder<ReceiptKey, ReceiptTotals>();
        var rows = database.Prepare("select variation, day, received, duplicate, refused from receipt_counts where experiment = ?").Bind(1, experiment);
        while (rows.Step()) found.Add(new ReceiptKey(rows.Int32(0), rows.Int64(1)), new ReceiptTotals(rows.Int64(2), rows.Int64(3), rows.Int64(4)));
        rows.Reset();
        return found.ToImmutable();
    }
}
