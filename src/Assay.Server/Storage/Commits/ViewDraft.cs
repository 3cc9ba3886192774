using Assay.Analysis.Exact;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>An experiment while a commit is at work on it: nothing of the published state is changed.</summary>
internal sealed class ViewDraft(ViewState state)
{
    private static readonly Dictionary<AccumulatorKey, Accumulator> NoAccumulators = [];
    private readonly Dictionary<ReceiptKey, ReceiptTotals> _receipts = [];
    private readonly Dictionary<string, EventTotal> _events = new(StringComparer.Ordinal);
    private readonly AccumulatorSet?[] _accumulators = new AccumulatorSet?[Lanes.Count];
    private readonly long[] _rearmed = new long[Lanes.Count];
    private bool _isTouched;

    public ViewState State { get; } = state;

    public long? LastEventAt { get; private set; } = state.LastEventAt;

    public long Rearmed => State.Rearmed + _rearmed.Sum();

    /// <summary>Units that had rows here and were erased.</summary>
    public long Erased { get; private set; } = state.Erased;

    public long CompactedThrough => _accumulators[0]?.CompactedThrough ?? State.CompactedThrough;

    /// <summary>Whether rows that concern the experiment were recorded, or its accumulators changed.</summary>
    public bool IsTouched => _isTouched || Array.Exists(_accumulators, static accumulators => accumulators is not null);

    /// <summary>Whether the state to publish differs from the published one.</summary>
    public bool IsChanged => IsTouched || _receipts.Count > 0 || _events.Count > 0 || LastEventAt != State.LastEventAt;

    public void Touch() => _isTouched = true;

    /// <summary>An accepted item told this time. Repetitions tell it too: which of two is the repetition depends on the order of arrival, the latest time does not.</summary>
    public void Saw(long at)
    {
        if (LastEventAt is not { } last || at > last) LastEventAt = at;
    }

    /// <summary>The unit's old contribution leaves, the new one enters.</summary>
    /// <param name="before">The old one.</param>
    /// <param name="after">The new one.</param>
    /// <param name="lane">The lane that tells it: no two of them get into each other's way until <see cref="Join"/>.</param>
    public void Exchange(UnitMeasurement? before, UnitMeasurement? after, int lane = 0)
    {
        if (Equals(before, after)) return;
        Accumulators(lane).Exchange(before, after);
        if (before is { Arm: >= 0 } && after is { Arm: >= 0 } && before.Arm != after.Arm) _rearmed[lane]++;
    }

    /// <summary>Puts together what the lanes have told. Sums are exact, so that it does not matter which lane told what.</summary>
    public void Join()
    {
        for (var lane = 1; lane < _accumulators.Length; lane++)
        {
            if (_accumulators[lane] is not { } told) continue;
            Accumulators(0).Add(told);
            _accumulators[lane] = null;
        }
    }

    public void CompactThrough(long midnight)
    {
        if (State.Measure is null || midnight <= State.CompactedThrough) return;
        Accumulators(0).CompactThrough(midnight);
    }

    public void Count(int variation, long day, ReceiptTotals totals) =>
        _receipts[new ReceiptKey(variation, day)] = _receipts.GetValueOrDefault(new ReceiptKey(variation, day)).Plus(totals);

    /// <summary>Counts one item by what became of it.</summary>
    public void Count(int variation, long day, ItemFate fate) =>
        Count(variation, day, new ReceiptTotals(1, fate == ItemFate.Duplicate ? 1 : 0, fate is ItemFate.Conflict or ItemFate.BeforeRetention ? 1 : 0));

    public void CountEvent(string name, double value)
    {
        var total = TotalOf(name);
        total.Values.Add(value);
        _events[name] = total with { Count = total.Count + 1 };
    }

    /// <summary>An event that was counted is no more.</summary>
    public void UncountEvent(string name, double value)
    {
        var total = TotalOf(name);
        total.Values.Subtract(value);
        _events[name] = total with { Count = total.Count - 1 };
    }

    /// <summary>A unit that had rows here is no more.</summary>
    public void Erase()
    {
        Erased++;
        _isTouched = true;
    }

    /// <summary>Whether more than counts is to be stored.</summary>
    public bool HasProgress => IsTouched || LastEventAt != State.LastEventAt;

    /// <summary>What to add to the stored counts of items.</summary>
    public IReadOnlyDictionary<ReceiptKey, ReceiptTotals> Receipts => _receipts;

    /// <summary>Totals to store in place of those of the same name.</summary>
    public IReadOnlyDictionary<string, EventTotal> Events => _events;

    /// <summary>Accumulators to store in place of those of the same key; empty ones are to be dropped.</summary>
    public IReadOnlyDictionary<AccumulatorKey, Accumulator> ChangedAccumulators => _accumulators[0]?.Changed ?? NoAccumulators;

    /// <summary>The state to publish. Everything changed has been encoded when it was stored, so that no reader finds a carry to do.</summary>
    public ViewState ToState(long watermark) => State with
    {
        Revision = State.Revision + 1,
        Accumulators = _accumulators[0]?.ToImmutable() ?? State.Accumulators,
        CompactedThrough = CompactedThrough,
        TouchedBy = IsTouched ? watermark : State.TouchedBy,
        LastEventAt = LastEventAt,
        Rearmed = Rearmed,
        Erased = Erased,
        Events = State.Events.SetItems(_events),
        Receipts = _receipts.Aggregate(
            State.Receipts,
            (receipts, entry) => receipts.SetItem(entry.Key, receipts.GetValueOrDefault(entry.Key).Plus(entry.Value))),
    };

    private EventTotal TotalOf(string name)
    {
        if (_events.TryGetValue(name, out var total)) return total;
        var known = State.Events.GetValueOrDefault(name);
        return new EventTotal(known?.Count ?? 0, known?.Values.Clone() ?? new ExactSum());
    }

    /// <summary>The first lane goes on from what is published; the others tell differences.</summary>
    private AccumulatorSet Accumulators(int lane) => _accumulators[lane] ??= lane == 0
        ? new AccumulatorSet(State.Measure!.View, State.Accumulators, State.CompactedThrough)
        : new AccumulatorSet(State.Measure!.View, State.CompactedThrough);
}
