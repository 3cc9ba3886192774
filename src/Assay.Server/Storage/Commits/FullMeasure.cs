using System.Runtime.InteropServices;
using Assay.Analysis.Exact;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>An experiment measured anew from every row of every unit, one unit after the other.</summary>
internal sealed class FullMeasure(UnitMeasure measure, long compactedThrough)
{
    /// <summary>How far a scan goes on that nobody waits for any more.</summary>
    private const int UnitsBetweenLooks = 4_096;

    private readonly List<ExposureRow> _exposures = [];
    private readonly List<EventRow> _events = [];
    private readonly List<CovariateRow> _covariates = [];
    private long _units;

    public AccumulatorSet Accumulators { get; } = new(measure.View, compactedThrough);

    /// <summary>Events that the experiment sees, by name.</summary>
    public Dictionary<string, EventTotal> Events { get; } = new(StringComparer.Ordinal);

    public long? LastEventAt { get; private set; }

    public void Add(in ExposureRow row) => _exposures.Add(row);

    public void Add(in EventRow row) => _events.Add(row);

    public void Add(in CovariateRow row) => _covariates.Add(row);

    /// <summary>The rows added since the last call are those of one unit.</summary>
    public void EndUnit(CancellationToken cancellation)
    {
        if (_units++ % UnitsBetweenLooks == 0) cancellation.ThrowIfCancellationRequested();
        foreach (var row in _exposures) Saw(row.At);
        foreach (var row in _events)
            if (measure.Sees(row.Name, row.At)) Count(row);
        if (measure.Measure(CollectionsMarshal.AsSpan(_exposures), CollectionsMarshal.AsSpan(_events), CollectionsMarshal.AsSpan(_covariates)) is { } unit)
            Accumulators.Add(unit);
        _exposures.Clear();
        _events.Clear();
        _covariates.Clear();
    }

    private void Count(in EventRow row)
    {
        Saw(row.At);
        var total = Events.GetValueOrDefault(row.Name) ?? new EventTotal(0, new ExactSum());
        total.Values.Add(row.Value);
        Events[row.Name] = total with { Count = total.Count + 1 };
    }

    private void Saw(long at)
    {
        if (LastEventAt is not { } last || at > last) LastEventAt = at;
    }
}
