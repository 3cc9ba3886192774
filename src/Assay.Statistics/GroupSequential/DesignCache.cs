using System.Collections.Immutable;

namespace Assay.Statistics;

/// <summary>Boundaries that were computed before, by all that they depend on; the oldest of <see cref="Most"/> makes room for a new one.</summary>
/// <remarks>Safe on any number of threads: two that miss at once both compute, and get the same.</remarks>
internal static class DesignCache
{
    /// <summary>The most designs kept: of 20 looks each, some 200 kB.</summary>
    public const int Most = 256;

    /// <summary>A design of more looks costs too much memory to keep.</summary>
    public const int MostLooks = 100;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<Design, Boundaries> Known = [];
    private static readonly Queue<Design> Ages = [];

    /// <summary>The boundaries of a design, computed at most once while it is remembered.</summary>
    public static Boundaries Of(Design design, Func<Design, Boundaries> compute)
    {
        if (design.Fractions.Length > MostLooks) return compute(design);
        lock (Gate)
        {
            if (Known.TryGetValue(design, out var known)) return known;
        }

        var bounds = compute(design);
        lock (Gate)
        {
            if (Known.TryAdd(design, bounds)) Ages.Enqueue(design);
            if (Ages.Count > Most) Known.Remove(Ages.Dequeue());
        }

        return bounds;
    }

    /// <summary>What boundaries follow from: a spending function or a shape, the looks and the level.</summary>
    internal readonly record struct Design(SpendingFunction? Spending, ImmutableArray<double> Shape, ImmutableArray<double> Fractions, double Alpha, int Sides, bool SpendsAll)
    {
        /// <summary>By the numbers themselves.</summary>
        public bool Equals(Design other) =>
            Alpha.Equals(other.Alpha) && Sides == other.Sides && SpendsAll == other.SpendsAll && Equals(Spending, other.Spending)
            && Fractions.AsSpan().SequenceEqual(other.Fractions.AsSpan()) && Shape.AsSpan().SequenceEqual(other.Shape.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.Add(Alpha);
            hash.Add(Sides);
            hash.Add(SpendsAll);
            hash.Add(Spending);
            foreach (var fraction in Fractions.AsSpan()) hash.Add(fraction);
            foreach (var height in Shape.AsSpan()) hash.Add(height);
            return hash.ToHashCode();
        }
    }
}
