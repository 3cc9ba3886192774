using System.Collections.Immutable;

namespace Assay.Statistics;

/// <summary>Boundaries that were computed before, by all that they depend on; the oldest makes room for a new one.</summary>
/// <remarks>Safe on any number of threads: two that miss at once both compute, and get the same.</remarks>
internal sealed class DesignCache(int most)
{
    /// <summary>A design of more looks costs too much memory to keep.</summary>
    public const int MostLooks = 100;

    /// <summary>The library's: of 20 looks each, some 200 kB.</summary>
    public static readonly DesignCache Shared = new(256);

    private readonly Lock _gate = new();
    private readonly Dictionary<Design, Boundaries> _known = [];
    private readonly Queue<Design> _ages = [];

    /// <summary>Designs remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _known.Count;
        }
    }

    /// <summary>The boundaries of a design: those remembered, or what is computed now.</summary>
    public Boundaries Of(Design design, Func<Design, Boundaries> compute)
    {
        if (design.Fractions.Length > MostLooks) return compute(design);
        lock (_gate)
        {
            if (_known.TryGetValue(design, out var known)) return known;
        }

        var bounds = compute(design);
        lock (_gate)
        {
            if (_known.TryAdd(design, bounds)) _ages.Enqueue(design);
            if (_ages.Count > most) _known.Remove(_ages.Dequeue());
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
