using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;

namespace Assay.Analysis.Readouts;

/// <summary>Units and their early events by day of first exposure, brought back from the maturity buckets of event timing.</summary>
/// <remarks>
/// A unit matures its longest window and an hour after its first exposure, so the bucket that closes at a midnight has the exposures of 24 hours that end a window and an hour before it.
/// Those are a UTC day less an hour where the window is whole days; the day is named by its end.
/// </remarks>
internal sealed class ExposureDays(Design design)
{
    private readonly int _arms = design.Setup.Variations.Length;
    private readonly long _delay = Maturity.Microseconds(design.Metrics.All.Max(ExperimentViews.Window) + Maturity.LatenessAllowed);
    private readonly SortedDictionary<long, ExposureDay> _days = [];

    /// <summary>Days with units, the earliest first.</summary>
    public IReadOnlyCollection<ExposureDay> All => _days.Values;

    /// <summary>Puts in the units of a timing accumulator.</summary>
    public void Add(in AccumulatorKey key, Accumulator timing)
    {
        var midnight = Maturity.InSlice(key.MaturesAt);
        if (!_days.TryGetValue(midnight, out var day))
        {
            var ends = midnight - _delay;
            _days.Add(midnight, day = new ExposureDay(Maturity.DayOf(ends - 1), ends, new long[_arms], new long[_arms]));
        }

        day.Units[key.Arm] += timing.Count;
        day.Early[key.Arm] += timing.Timing.Before;
    }
}

/// <summary>The units first exposed in 24 hours.</summary>
/// <param name="Day">The UTC day that it ends on, from the Unix epoch.</param>
/// <param name="Ends">Its end, microseconds: later exposures are in later days.</param>
/// <param name="Units">Units, by arm.</param>
/// <param name="Early">Their events before their first exposure, by arm.</param>
internal sealed record ExposureDay(long Day, long Ends, long[] Units, long[] Early);
