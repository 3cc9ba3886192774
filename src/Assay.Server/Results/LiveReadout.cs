using System.Collections.Immutable;
using System.Globalization;
using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;
using Assay.Analysis.Wording;
using Assay.Server.Storage;

namespace Assay.Server.Results;

/// <summary>One experiment's readout for one query in one language, English unless given, kept until something changes it: a commit, the design, an hour in which units matured, the end of its day, or, while it runs, the full hour that health is judged at.</summary>
internal sealed class LiveReadout(IEventStore store, TimeProvider time, bool allPairs, CultureInfo? language = null)
{
    private readonly Lock _gate = new();
    private Kept? _kept;

    /// <summary>The readout now. Whoever finds it outdated computes it while the others wait; nobody scans an event.</summary>
    public ServedReadout Read(Experiment experiment) => Keep(experiment).Served;

    /// <summary>The readout that readers get, with what it was drawn from.</summary>
    public (Readout Readout, ReadoutInput Input) Draw(Experiment experiment)
    {
        var kept = Keep(experiment);
        return (kept.Readout, InputOf(kept.Moment));
    }

    /// <summary>What the readout now depends on, to be drawn anew: what is kept for readers may be of an earlier commit that the same answer held at.</summary>
    public ReadoutInput Gather(Experiment experiment) => InputOf(Moment(experiment));

    private Kept Keep(Experiment experiment)
    {
        if (_kept is { } kept && kept.Shows(Moment(experiment))) return kept;
        lock (_gate)
        {
            // Looked up again inside: the newest moment wins, whoever came first.
            var moment = Moment(experiment);
            if (_kept is { } fresh && fresh.Shows(moment)) return fresh;
            _kept = Compute(moment, _kept);
            return _kept;
        }
    }

    /// <summary>The ETag the readout would have now; costs no analysis.</summary>
    public string Identify(Experiment experiment)
    {
        var moment = Moment(experiment);
        return _kept is { } kept && kept.IsSameAnswer(moment) ? kept.Served.ETag : ETagOf(moment, CompletedBuckets.Of(moment.Measured, moment.AsOf));
    }

    /// <summary>What the answer depends on: its tag, and how many items came, since health tells of those that were refused or sent again and a tag does not.</summary>
    public (string ETag, long Received) Stamp(Experiment experiment) => (Identify(experiment), store.Read(experiment.Key)?.Receipts.Values.Sum(totals => totals.Received) ?? 0);

    private Moment Moment(Experiment experiment)
    {
        // The watermark first: the picture read after it holds at least every commit up to it.
        var watermark = store.Watermark;
        var measured = store.Read(experiment.Key) ?? new MeasuredExperiment(experiment.Key, watermark, 0, null, 0, ImmutableDictionary<AccumulatorKey, Accumulator>.Empty);
        var now = time.GetUtcNow();
        return new Moment(experiment, measured, Math.Max(watermark, measured.Watermark), now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)));
    }

    private Kept Compute(Moment moment, Kept? before)
    {
        if (before is not null && before.IsSameAnswer(moment))
        {
            var moved = before.Readout with { AsOf = moment.AsOf, Watermark = moment.Watermark };
            return before with { Moment = moment, Readout = moved, Served = new ServedReadout(before.Served.ETag, moved) };
        }

        var readout = Language.In(language ?? Language.English, () => Readout.Analyse(InputOf(moment)));
        var completed = CompletedBuckets.Of(moment.Measured, moment.AsOf);
        return new Kept(moment, completed, readout, new ServedReadout(ETagOf(moment, completed), readout));
    }

    private ReadoutInput InputOf(Moment moment) => ReadoutInputs.Of(moment.Experiment, moment.Measured with { Watermark = moment.Watermark }, moment.AsOf, allPairs);

    private string ETagOf(Moment moment, CompletedBuckets completed) =>
        AnswerTag.Of(moment.Experiment, moment.Measured.TouchedBy, completed.Newest, string.Create(CultureInfo.InvariantCulture, $"{(moment.Hour is { } hour ? $".{hour:x}" : "")}{(moment.Experiment.Recorded.Count is > 0 and var count ? $".r{count}" : "")}{(allPairs ? ".all" : "")}"));

    private sealed record Kept(Moment Moment, CompletedBuckets Completed, Readout Readout, ServedReadout Served)
    {
        /// <summary>Whether the same answer holds, give or take the time and the commit it is told with.</summary>
        public bool IsSameAnswer(Moment moment) =>
            moment.Measured.TouchedBy == Moment.Measured.TouchedBy
            && ReferenceEquals(moment.Measured.Receipts, Moment.Measured.Receipts) && moment.Measured.LastEventAt == Moment.Measured.LastEventAt
            && moment.Experiment.Version == Moment.Experiment.Version && moment.Experiment.CreatedAt == Moment.Experiment.CreatedAt
            && moment.Experiment.Recorded.Count == Moment.Experiment.Recorded.Count
            && moment.Hour == Moment.Hour
            && Completed.Holds(moment.AsOf);

        public bool Shows(Moment moment) => moment.Watermark == Moment.Watermark && moment.AsOf == Moment.AsOf && IsSameAnswer(moment);
    }
}

/// <summary>All that a readout is of.</summary>
internal sealed record Moment(Experiment Experiment, MeasuredExperiment Measured, long Watermark, DateTimeOffset AsOf)
{
    /// <summary>The full hour since the epoch, while the experiment goes on: silence, traffic and duration change with nothing but the time.</summary>
    public long? Hour => Experiment.Status is ExperimentStatus.Running or ExperimentStatus.Paused ? (AsOf - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerHour : null;
}
