using System.Collections.Immutable;
using Assay.Analysis.Measurement;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Results;

/// <summary>POST /experiments/{id}/verify: every number can be derived again.</summary>
internal static class VerifyExperiment
{
    private const int MostDifferences = 100;
    private const int Attempts = 20;

    public static async Task<Results<Ok<Verification>, ProblemHttpResult>> Handle(
        string id, HttpContext context, ExperimentDirectory experiments, IEventStore store, VerificationTurn turn, CancellationToken cancellation)
    {
        if (await experiments.FindAsync(id, cancellation) is null) return Problems.UnknownExperiment(id);
        if (await ActionBody.RefuseAnyAsync(context.Request) is { } refused) return refused;
        if (!turn.TryTake()) return VerificationProblems.Busy(context, "Another verification is running; try again when it is done.");
        try
        {
            // Before and after: it may be sealed meanwhile.
            if (store.Read(id)?.SealedAt is { } known) return VerificationProblems.Sealed(id, known);
            var verified = await VerifyAsync(id, store, cancellation);
            if (store.Read(id)?.SealedAt is { } since) return VerificationProblems.Sealed(id, since);
            return verified is { } verification
                ? TypedResults.Ok(verification)
                : VerificationProblems.Busy(context, "Commits came faster than the experiment could be recomputed at one of them; try again.");
        }
        finally
        {
            turn.Leave();
        }
    }

    /// <returns>Null when commits came too fast.</returns>
    private static async Task<Verification?> VerifyAsync(string id, IEventStore store, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // Served pictures never change: the one from before or the one from after is of the recomputed commit, unless commits came in both gaps.
            var before = store.Read(id);
            var recomputed = await store.RecomputeAsync(id, cancellation);
            var after = store.Read(id);
            if (recomputed is null && after is null) return new Verification(true, store.Watermark, 0, 0, 0, []);
            if (recomputed is null || before is null || after is null) continue;
            if (before.TouchedBy == recomputed.TouchedBy && Compare(before, recomputed) is { Equal: true } equal) return equal;
            if (after.TouchedBy != recomputed.TouchedBy) continue;

            // A commit between the two pictures may have merged buckets: only what stood still all the time can be told to differ.
            var comparison = Compare(after, recomputed);
            if (comparison.Equal || ReferenceEquals(before.Accumulators, after.Accumulators)) return comparison;
        }

        return null;
    }

    public static Verification Compare(MeasuredExperiment served, MeasuredExperiment recomputed)
    {
        var keys = served.Accumulators.Keys.Union(recomputed.Accumulators.Keys).ToList();
        var differences = keys
            .Select(key => (Key: key, Served: served.Accumulators.GetValueOrDefault(key), Recomputed: recomputed.Accumulators.GetValueOrDefault(key)))
            .Where(pair => !IsEqual(pair.Served, pair.Recomputed))
            .OrderBy(pair => pair.Key.Metric, StringComparer.Ordinal).ThenBy(pair => pair.Key.Arm).ThenBy(pair => pair.Key.Slice, StringComparer.Ordinal).ThenBy(pair => pair.Key.MaturesAt)
            .ToList();
        return new Verification(
            differences.Count == 0,
            recomputed.Watermark,
            keys.Count,
            recomputed.Accumulators.Where(pair => pair.Key.Arm >= UnitMeasurement.Holdout && pair.Key.Slice.Length == 0 && IsTiming(pair.Key)).Sum(pair => pair.Value.Count),
            differences.Count,
            [.. differences.Take(MostDifferences).Select(pair => Describe(pair.Key, pair.Served, pair.Recomputed))])
        {
            ExceptErased = recomputed.Erased,
        };
    }

    /// <summary>An accumulator that has emptied is the same as none.</summary>
    private static bool IsEqual(Accumulator? served, Accumulator? recomputed) => (served, recomputed) switch
    {
        (null, null) => true,
        (null, { } alone) => alone.IsEmpty,
        ({ } alone, null) => alone.IsEmpty,
        var (left, right) => left.Encode().AsSpan().SequenceEqual(right.Encode()),
    };

    private static bool IsTiming(AccumulatorKey key) => string.Equals(key.Metric, AccumulatorKey.Timing, StringComparison.Ordinal);

    private static Difference Describe(AccumulatorKey key, Accumulator? served, Accumulator? recomputed) =>
        new(key.Epoch, key.Arm, key.Metric, key.Slice, Microseconds.ToTime(key.MaturesAt), TallyOf(served), TallyOf(recomputed));

    private static Tally? TallyOf(Accumulator? accumulator) =>
        accumulator is null ? null : new Tally(accumulator.Count, accumulator.Converted, accumulator.Events, accumulator.LateArrivals, accumulator.Crossovers);
}

/// <summary>Whether the served accumulators are what the raw rows add up to, bit for bit.</summary>
/// <param name="Watermark">The commit that both are of.</param>
/// <param name="Compared">Accumulators compared.</param>
/// <param name="Units">Units of all arms and the holdout in the recomputed event timing.</param>
/// <param name="Differences">At most 100; empty when equal.</param>
internal sealed record Verification(bool Equal, long Watermark, int Compared, long Units, int DifferencesTotal, ImmutableArray<Difference> Differences)
{
    /// <summary>Units that had rows here and were erased: readouts recorded before stay as they were, and cannot be computed again.</summary>
    public long ExceptErased { get; init; }
}

/// <summary>An accumulator that differs; null is one that is not there.</summary>
internal sealed record Difference(int Epoch, int VariationIndex, string Metric, string Slice, DateTimeOffset MaturesAt, Tally? Served, Tally? Recomputed);

internal sealed record Tally(long Units, long Converted, long Events, long LateArrivals, long Crossovers);
