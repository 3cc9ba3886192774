using System.Collections.Immutable;

namespace Assay.Assignment;

/// <summary>All that decides who sees what in an experiment.</summary>
/// <param name="Key">The experiment's key; also the seed of its hash.</param>
/// <param name="Weights">One weight for each variation, on any scale; kept as shares that sum to 1.</param>
/// <param name="TrafficAllocation">Share of units that take part, in (0, 1].</param>
/// <param name="HoldoutFraction">Share of all units that is held out before anything else is decided, in [0, 1).</param>
/// <remarks>
/// Weights that sum to 1 within 1e-9 are kept bit for bit, so that an SDK that is sent them computes the same ranges.
/// Shares are resolved to one in <see cref="Hashing.Resolution"/>.
/// </remarks>
/// <exception cref="ArgumentException">The key is blank, or the weights are empty, negative, not finite or all zero.</exception>
/// <exception cref="ArgumentOutOfRangeException">A fraction is outside its range.</exception>
public sealed record AssignmentPlan(string Key, ImmutableArray<double> Weights, double TrafficAllocation = 1, double HoldoutFraction = 0)
{
    /// <summary>The experiment's key, not blank.</summary>
    public string Key { get; init => field = Named(value); } = Named(Key);

    /// <summary>Shares of the variations, ≥ 0, summing to 1.</summary>
    public ImmutableArray<double> Weights { get; init => field = Normalise(value); } = Normalise(Weights);

    /// <summary>Share of units that take part, in (0, 1].</summary>
    public double TrafficAllocation { get; init => field = Allocated(value); } = Allocated(TrafficAllocation);

    /// <summary>Share of all units that is held out, in [0, 1).</summary>
    public double HoldoutFraction { get; init => field = HeldOut(value); } = HeldOut(HoldoutFraction);

    /// <summary>Seed of the hash that chooses the variation: the key.</summary>
    public string Seed => Key;

    /// <summary>Seed of the hash that chooses the holdout: its own, so that the holdout is independent of the variation.</summary>
    public string HoldoutSeed => $"{Key}:holdout";

    /// <summary>Version of the hash.</summary>
    public int HashVersion { get; } = Hashing.DefaultVersion;

    /// <summary>Equality of content, weights included.</summary>
    public bool Equals(AssignmentPlan? other) =>
        other is not null
        && string.Equals(Key, other.Key, StringComparison.Ordinal)
        && TrafficAllocation.Equals(other.TrafficAllocation)
        && HoldoutFraction.Equals(other.HoldoutFraction)
        && Weights.AsSpan().SequenceEqual(other.Weights.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key, Weights.Length, TrafficAllocation, HoldoutFraction);

    private static string Named(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return key;
    }

    private static ImmutableArray<double> Normalise(ImmutableArray<double> weights)
    {
        if (weights.IsDefaultOrEmpty) throw new ArgumentException("There must be a weight for each variation.", nameof(weights));
        if (weights.Any(static weight => !double.IsFinite(weight) || weight < 0))
            throw new ArgumentException("A weight must be finite and not negative.", nameof(weights));

        var sum = weights.Sum();
        if (sum <= 0 || !double.IsFinite(sum)) throw new ArgumentException("The sum of the weights must be positive and finite.", nameof(weights));
        return Math.Abs(sum - 1) <= 1e-9 ? weights : [.. weights.Select(weight => weight / sum)];
    }

    private static double Allocated(double trafficAllocation) => trafficAllocation is > 0 and <= 1
        ? trafficAllocation
        : throw new ArgumentOutOfRangeException(nameof(trafficAllocation), trafficAllocation, "The traffic allocation must be in (0, 1].");

    private static double HeldOut(double holdoutFraction) => holdoutFraction is >= 0 and < 1
        ? holdoutFraction
        : throw new ArgumentOutOfRangeException(nameof(holdoutFraction), holdoutFraction, "The holdout fraction must be in [0, 1).");
}
