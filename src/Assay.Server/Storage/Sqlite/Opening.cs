using Assay.Analysis.Exact;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Measuring what is already stored when an experiment is opened or its view replaced.</summary>
internal static class Opening
{
    /// <summary>Whether any stored row can count differently under the new view; when in doubt, yes.</summary>
    public static bool ChangesAnything(ViewState? known, ExperimentView view, NameDirectory names)
    {
        if (known is null) return AnySince(view, view.StartedAt, names);
        if (known.Measure?.View is not { } old || ViewRows.ToJson(old with { ClosesAt = view.ClosesAt }) != ViewRows.ToJson(view)) return true;
        return AnySince(view, Math.Min(old.ClosesAt ?? long.MaxValue, view.ClosesAt ?? long.MaxValue), names);
    }

    /// <summary>Replaces the accumulators by a full measure, and the event counts at the first opening.</summary>
    public static ViewState MeasureAnew(EventDatabase database, ViewRows rows, ViewState state, bool isFirst)
    {
        var (accumulators, last) = UnitScan.Run(database, state.Id, state.Measure!, state.CompactedThrough);
        rows.RemoveAccumulators(state.Id);
        foreach (var (key, accumulator) in accumulators.Changed) rows.SaveAccumulator(state.Id, key, accumulator);
        if (isFirst) state = CountEvents(database, rows, state);
        return state with { Accumulators = accumulators.ToImmutable(), LastEventAt = last };
    }

    private static bool AnySince(ExperimentView view, long time, NameDirectory names) =>
        view.Plans.Any(plan => names.LastAt(plan.Event) is { } last && last >= time);

    private static ViewState CountEvents(EventDatabase database, ViewRows rows, ViewState state)
    {
        var view = state.Measure!.View;
        foreach (var text in state.Measure.Names)
        {
            using var events = database.Open(
                """
                select e.name, e.value from events e join names n on n.name = e.name
                where n.text = ?1 and ((e.at >= ?2 and e.at < ?3) or e.scope = ?4)
                """).Bind(1, text).Bind(2, view.StartedAt).Bind(3, view.ClosesAt ?? long.MaxValue).Bind(4, state.Id);
            var (name, count, values) = (0, 0L, new ExactSum());
            for (; events.Step(); count++)
            {
                name = events.Int32(0);
                values.Add(events.Real(1));
            }

            if (count == 0) continue;
            var total = new EventTotal(count, values);
            rows.SaveEventTotal(state.Id, name, total);
            state = state with { Events = state.Events.SetItem(text, total) };
        }

        return state;
    }
}
