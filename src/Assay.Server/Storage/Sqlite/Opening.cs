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

    /// <summary>Replaces accumulators and event counts by those of a full measure.</summary>
    public static ViewState MeasureAnew(EventDatabase database, ViewRows rows, NameDirectory names, ViewState state)
    {
        var (accumulators, events, last) = UnitScan.Run(database, state.Id, state.Measure!, state.CompactedThrough);
        rows.RemoveAccumulators(state.Id);
        foreach (var (key, accumulator) in accumulators.Changed) rows.SaveAccumulator(state.Id, key, accumulator);
        rows.RemoveEventTotals(state.Id);
        foreach (var (name, total) in events) rows.SaveEventTotal(state.Id, names.Find(name), total);

        // Repetitions have told later times than any row that is kept.
        var latest = last is { } found && !(state.LastEventAt > found) ? found : state.LastEventAt;
        return state with { Accumulators = accumulators.ToImmutable(), Events = state.Events.Clear().AddRange(events), LastEventAt = latest };
    }

    private static bool AnySince(ExperimentView view, long time, NameDirectory names) =>
        view.Plans.Any(plan => names.LastAt(plan.Event) is { } last && last >= time);
}
