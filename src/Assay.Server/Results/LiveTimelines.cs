using System.Collections.Concurrent;
using System.Globalization;
using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;
using Assay.Server.Storage;

namespace Assay.Server.Results;

/// <summary>The course of every metric that somebody reads, of the moment that live-stats tells and kept while its answer stands.</summary>
internal sealed class LiveTimelines(LiveReadouts readouts)
{
    private readonly ConcurrentDictionary<(string Experiment, string Metric), Kept> _kept = new();

    /// <summary>The course now and its ETag. Nothing is computed until the course is asked for, and whoever asks meanwhile waits for the first.</summary>
    public (string ETag, Func<TimelineReadout> Read) Find(Experiment experiment, Metric metric)
    {
        var (readout, input) = readouts.Of(experiment.Key, allPairs: false).Draw(experiment);
        var tag = ETagOf(experiment, input.Measured, readout);
        var kept = _kept.AddOrUpdate((experiment.Key, metric.Name), _ => New(), (_, before) => Renew(before));
        return (tag, () => Move(kept.Timeline.Value, readout));

        Kept New() => new(tag, experiment, Completed(input.Measured, readout), MergedThrough(readout), experiment.Recorded.Count, new Lazy<TimelineReadout>(() => TimelineReadout.Trace(input, metric)));

        Kept Renew(Kept before) =>
            string.Equals(before.ETag, tag, StringComparison.Ordinal) ? before
            : before.IsSameCourse(experiment, Completed(input.Measured, readout), MergedThrough(readout), experiment.Recorded.Count) ? before with { ETag = tag }
            : New();
    }

    /// <summary>The accumulators of completed units. A commit copies those that it changes, so that the same object is the same units.</summary>
    private static HashSet<Accumulator> Completed(MeasuredExperiment measured, Readout readout)
    {
        var now = Microseconds.Of(readout.AsOf);
        return [.. measured.Accumulators.Where(bucket => bucket.Key is { Arm: >= 0, Slice.Length: 0, Metric.Length: > 0 } && bucket.Key.MaturesAt <= now).Select(bucket => bucket.Value)];
    }

    private static long MergedThrough(Readout readout) => Maturity.CompactedThrough(Microseconds.Of(readout.AsOf));

    /// <summary>The answer stands while time and commits elsewhere go on: only now is another moment.</summary>
    private static TimelineReadout Move(TimelineReadout timeline, Readout readout) => timeline with
    {
        AsOf = readout.AsOf,
        Watermark = readout.Watermark ?? 0,
        Points = timeline.Points.Count == 0 ? [] : [.. timeline.Points.SkipLast(1), timeline.Points[^1] with { At = readout.AsOf }],
    };

    /// <summary>Beside what changes the readout: hours become days at a midnight, and what is recorded is told.</summary>
    private static string ETagOf(Experiment experiment, MeasuredExperiment measured, Readout readout) => AnswerTag.Of(
        experiment,
        measured.TouchedBy,
        CompletedBuckets.Of(measured, readout.AsOf).Newest,
        string.Create(CultureInfo.InvariantCulture, $".course.{MergedThrough(readout):x}.{experiment.Recorded.Count}"));

    /// <summary>A course and what it was drawn from.</summary>
    private sealed record Kept(string ETag, Experiment Experiment, HashSet<Accumulator> Completed, long MergedThrough, int Recorded, Lazy<TimelineReadout> Timeline)
    {
        /// <summary>Whether a newer commit left every completed unit as it was, which is what most commits do.</summary>
        public bool IsSameCourse(Experiment experiment, HashSet<Accumulator> completed, long mergedThrough, int recorded) =>
            (experiment.CreatedAt, experiment.Version, mergedThrough, recorded) == (Experiment.CreatedAt, Experiment.Version, MergedThrough, Recorded) && Completed.SetEquals(completed);
    }
}
