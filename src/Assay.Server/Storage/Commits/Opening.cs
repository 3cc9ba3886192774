using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>What opening an experiment, or replacing its view, has to do.</summary>
internal static class Opening
{
    /// <summary>Whether the view is held already: opening it again changes nothing. An experiment whose rows have gone stays as it is.</summary>
    public static bool IsDone(ViewState? known, ExperimentView view) =>
        known?.SealedAt is not null || known?.Measure is { } opened && ViewJson.Write(opened.View) == ViewJson.Write(view);

    /// <summary>An experiment that begins before the horizon would be measured without the rows that have gone.</summary>
    /// <exception cref="BeforeRetentionException">It does, and was not open before with that start.</exception>
    public static void Admit(ViewState? known, ExperimentView view, long horizon)
    {
        if (known?.Measure?.View.StartedAt != view.StartedAt && view.StartedAt < horizon) throw new BeforeRetentionException(horizon);
    }

    /// <summary>The experiment under its new view, before anything is measured.</summary>
    public static ViewState Begin(ViewState known, ExperimentView view, long now, long watermark) => known with
    {
        Measure = new UnitMeasure(view),
        TouchedBy = watermark,
        CompactedThrough = known.Measure is null ? Maturity.CompactedThrough(now) : known.CompactedThrough,
    };

    /// <summary>Whether any stored row can count differently under the new view; when in doubt, yes.</summary>
    /// <param name="known">The experiment as it was; null when it has no row.</param>
    /// <param name="view">The new view.</param>
    /// <param name="lastAt">Latest time of a name's events; null when there are none.</param>
    public static bool ChangesAnything(ViewState? known, ExperimentView view, Func<string, long?> lastAt)
    {
        if (known is null) return AnySince(view, view.StartedAt, lastAt);
        if (known.Measure?.View is not { } old || ViewJson.Write(old with { ClosesAt = view.ClosesAt }) != ViewJson.Write(view)) return true;
        return AnySince(view, Math.Min(old.ClosesAt ?? long.MaxValue, view.ClosesAt ?? long.MaxValue), lastAt);
    }

    /// <summary>The experiment with what a full measure found.</summary>
    /// <remarks>Repetitions have told later times than any row that is kept: those stay.</remarks>
    public static ViewState Take(ViewState state, FullMeasure measured) => state with
    {
        Accumulators = measured.Accumulators.ToImmutable(),
        Events = state.Events.Clear().AddRange(measured.Events),
        LastEventAt = measured.LastEventAt is { } found && !(state.LastEventAt > found) ? found : state.LastEventAt,
    };

    private static bool AnySince(ExperimentView view, long time, Func<string, long?> lastAt) =>
        view.Plans.Any(plan => lastAt(plan.Event) is { } last && last >= time);
}
