using Assay.Analysis.Exact;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>An experiment measured anew from every row of every unit, one unit after the other.</summary>
internal sealed class FullMeasure(UnitMeasure measure, long compactedThrough) : IUnitVisitor
{
    public AccumulatorSet Accumulators { get; } = new(measure.View, compactedThrough);

    /// <summary>Events that the experiment sees, by name.</summary>
    public Dictionary<string, EventTotal> Events { get; } = new(StringComparer.Ordinal);

    public long? LastEventAt { get; private set; }

    public void Visit(ScannedUnit unit)
    {
        foreach (var row in unit.Exposures) Saw(row.At);
        foreach (var row in unit.Events)
            if (measure.Sees(row.Name, row.At)) Count(row);
        var measured = measure.Measure(unit.Exposures, unit.Events, unit.Covariates);
        if (unit.IsExcluded) measured = UnitMeasurement.Exclude(measured);
        if (measured is not null) Accumulators.Add(measured);
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
