using System.Collections.Immutable;
using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Bounds of tests with a planned end and planned looks, exact for the joint normal distribution of the looks.</summary>
/// <remarks>Z_k ~ N(θ√t_k, 1) with Cov(Z_i, Z_j) = √(t_i/t_j), integrated by the recursion of Armitage, McPherson &amp; Rowe (1969); constants to about 1e-10, not from tables.</remarks>
public static class GroupSequential
{
    private const double LeastIncrement = 1e-300;

    /// <summary>O'Brien &amp; Fleming (1979): z_k = C√(K/k) at equally spaced looks, with the exact constant.</summary>
    /// <param name="looks">K ≥ 1.</param>
    /// <param name="alpha">Level, both sides together, at least 1e-30 and below 1.</param>
    /// <param name="sides">1 or 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static Boundaries OBrienFleming(int looks, double alpha, int sides = 2) => WangTsiatis(looks, alpha, 0, sides);

    /// <summary>Pocock (1977): the same z at each equally spaced look.</summary>
    /// <param name="looks">K ≥ 1.</param>
    /// <param name="alpha">Level, both sides together, at least 1e-30 and below 1.</param>
    /// <param name="sides">1 or 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static Boundaries Pocock(int looks, double alpha, int sides = 2) => WangTsiatis(looks, alpha, 0.5, sides);

    /// <summary>Wang &amp; Tsiatis (1987): z_k = C(k/K)^(Δ − ½); Δ = 0 is O'Brien–Fleming, ½ is Pocock.</summary>
    /// <param name="looks">K ≥ 1.</param>
    /// <param name="alpha">Level, both sides together, at least 1e-30 and below 1.</param>
    /// <param name="delta">Δ between −1 and 2.</param>
    /// <param name="sides">1 or 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static Boundaries WangTsiatis(int looks, double alpha, double delta, int sides = 2)
    {
        InformationFractions.Looks(looks);
        if (!(delta is >= -1 and <= 2)) throw new ArgumentOutOfRangeException(nameof(delta), delta, "Must be between −1 and 2.");
        InformationFractions.Level(alpha);
        var fractions = Equal(looks);
        return Family(fractions, [.. fractions.Select(t => Math.Pow(t, delta - 0.5))], alpha, sides);
    }

    /// <summary>Bounds of one shape, z_k = C·shape_k, with C such that the test has level α.</summary>
    /// <param name="fractions">Information fractions, positive and increasing.</param>
    /// <param name="shape">One positive number a look.</param>
    /// <param name="alpha">Level, both sides together, at least 1e-30 and below 1.</param>
    /// <param name="sides">1 or 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static Boundaries Family(ImmutableArray<double> fractions, ImmutableArray<double> shape, double alpha, int sides = 2)
    {
        InformationFractions.Apart(InformationFractions.Given(fractions, nameof(fractions)));
        InformationFractions.Shape(shape, fractions.Length);
        InformationFractions.Level(alpha);
        Check.Sides(sides);
        return DesignCache.Shared.Of(new DesignCache.Design(null, shape, fractions, alpha, sides, SpendsAll: true), Scaled);
    }

    private static Boundaries Scaled(DesignCache.Design design)
    {
        var (_, shape, fractions, alpha, sides, _) = design;
        var single = Normal.InverseSurvival(alpha / sides);
        var room = new NullWalk();
        // At the single look's bound on the lowest height the level is reached for certain; the constant lies a little above, never far out where no probability is left.
        var least = single / (single > 0 ? shape.Min() : shape[^1]);
        // A one-sided level above one half is no line in the constant, and next to 1 not told from it on the normal scale.
        var constant = single > 0
            ? Roots.NearlyLinear(new LevelExcess(design, room), least * (fractions.Length == 1 ? 1 : 1.15))
            : Roots.Monotone(c => Math.Log(LevelAt(c, design, room) / alpha), least, 0.05 * Math.Max(Math.Abs(least), 0.1 / shape.Max()), 1e-13 / shape.Max());
        if (sides == 2) constant = Math.Max(0, constant);
        return Finish(fractions, [.. shape.Select(s => s * constant)], sides, constant);
    }

    /// <summary>The level of the bounds C·shape.</summary>
    private static double LevelAt(double c, DesignCache.Design design, NullWalk room)
    {
        // Two bounds that have met are crossed for certain, and a search may look beyond.
        if (design.Sides == 2 && c <= 0) return 1;
        return room.Level(design.Fractions.AsSpan(), design.Shape.AsSpan(), c, design.Sides);
    }

    /// <summary>That level against the one wanted, on the normal scale, where it is nearly a line in C.</summary>
    private readonly struct LevelExcess(DesignCache.Design design, NullWalk room) : IFunction
    {
        private readonly double _target = Normal.InverseSurvival(design.Alpha / design.Sides);

        public double At(double x) => Math.Clamp(Normal.InverseSurvival(Math.Min(1, LevelAt(x, design, room) / design.Sides)) - _target, -1e6, 1e6);
    }

    /// <summary>Haybittle (1971) &amp; Peto et al. (1976): one early bound, and the last such that the two-sided level is α.</summary>
    /// <param name="looks">K ≥ 1.</param>
    /// <param name="alpha">Two-sided level, at least 1e-30 and below 1.</param>
    /// <param name="earlyZ">The bound of every look before the last, &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static Boundaries HaybittlePeto(int looks, double alpha, double earlyZ = 3)
    {
        InformationFractions.Looks(looks);
        InformationFractions.Level(alpha);
        Check.Positive(earlyZ);
        var fractions = Equal(looks);
        var room = new NullWalk();
        double[] heights = [.. Enumerable.Repeat(earlyZ, looks)];
        if (Level(double.PositiveInfinity) >= alpha) throw new ArgumentOutOfRangeException(nameof(earlyZ), earlyZ, "The early looks alone spend the level.");
        // Two bounds that have met are crossed for certain, and a search may look beyond.
        var last = Math.Max(0, Roots.Monotone(z => Math.Log((z <= 0 ? 1 : Level(z)) / alpha), Normal.TwoSidedCritical(alpha), 0.05, 1e-12));
        return Finish(fractions, [.. heights[..^1], last], 2, last);

        double Level(double z)
        {
            heights[^1] = z;
            return room.Level(fractions.AsSpan(), heights, 1, 2);
        }
    }

    /// <summary>Bounds that spend the level by a function of information, for looks at any fractions (Lan &amp; DeMets 1983).</summary>
    /// <param name="spending">The spending function; each side of a two-sided test spends f(t; α/2).</param>
    /// <param name="fractions">Information of each look so far over its planned total; a bound depends on its own and earlier looks only.</param>
    /// <param name="alpha">Level, both sides together, at least 1e-30 and below 1.</param>
    /// <param name="sides">1 or 2.</param>
    /// <param name="spendAllAtLast">Whether the last look spends what is left although its fraction is below 1.</param>
    /// <remarks>A fraction above 1 spends as 1 and keeps its true information in the joint distribution. A look within 1e-5 of the one before is skipped: its bound is +∞.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static Boundaries Spending(SpendingFunction spending, ImmutableArray<double> fractions, double alpha, int sides = 2, bool spendAllAtLast = false)
    {
        ArgumentNullException.ThrowIfNull(spending);
        InformationFractions.Check(InformationFractions.Given(fractions, nameof(fractions)));
        InformationFractions.Level(alpha);
        Check.Sides(sides);
        return DesignCache.Shared.Of(new DesignCache.Design(spending, default, fractions, alpha, sides, spendAllAtLast), Spent);
    }

    /// <summary>The bounds of a spending design that is not worth remembering: one of a search.</summary>
    internal static Boundaries Spent(DesignCache.Design design)
    {
        var (spending, _, fractions, alpha, sides, spendAllAtLast) = design;
        var walk = new StoppedWalk(0);
        var bounds = new double[fractions.Length];
        var cumulative = new double[fractions.Length];
        double spent = 0, previous = 0;
        for (var k = 0; k < bounds.Length; k++)
        {
            bounds[k] = double.PositiveInfinity;
            if (fractions[k] - previous >= InformationFractions.Nearest)
            {
                walk.Approach(previous = fractions[k]);
                var total = spendAllAtLast && k == bounds.Length - 1 ? alpha / sides : spending!.Spent(fractions[k], alpha / sides);
                if (total - spent > LeastIncrement)
                {
                    bounds[k] = TailExcess.Solve(walk, total - spent, above: true);
                    // Next to a level of 1 a two-sided bound is 0, but for rounding.
                    if (sides == 2) bounds[k] = Math.Max(0, bounds[k]);
                    spent = total;
                }

                var next = k + 1;
                while (next < bounds.Length && fractions[next] - previous < InformationFractions.Nearest) next++;
                if (next < bounds.Length) walk.Continue(sides == 2 ? -bounds[k] : double.NegativeInfinity, bounds[k], fractions[next]);
            }

            cumulative[k] = sides * spent;
        }

        return new Boundaries(fractions, [.. bounds], sides, [.. cumulative], Constant: null);
    }

    /// <summary>Probability under the null that some |Z_k| exceeds z_{α/2} when a fixed test is read at each of K equal looks (Armitage, McPherson &amp; Rowe 1969, table 2).</summary>
    /// <param name="looks">K ≥ 1.</param>
    /// <param name="alpha">Two-sided level of the fixed test, at least 1e-300 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its range.</exception>
    public static double NaiveFalsePositiveRate(int looks, double alpha)
    {
        InformationFractions.Looks(looks);
        Check.Level(alpha);
        var crossing = Null(Equal(looks), [.. Enumerable.Repeat(Normal.TwoSidedCritical(alpha), looks)], 2);
        return crossing.TotalUpper + crossing.TotalLower;
    }

    /// <summary>k/K for k = 1…K.</summary>
    internal static ImmutableArray<double> Equal(int looks) => [.. Enumerable.Range(1, looks).Select(k => (double)k / looks)];

    /// <summary>First-crossing probabilities of a set of bounds under a drift.</summary>
    internal static Crossing Under(Boundaries bounds, double drift) => Crossing.Of(bounds.Fractions.AsSpan(), bounds.Lower.AsSpan(), bounds.Z.AsSpan(), drift);

    private static Crossing Null(ImmutableArray<double> fractions, ImmutableArray<double> z, int sides) => Under(new Boundaries(fractions, z, sides, [], 0), 0);

    /// <summary>Given bounds with the error rate they spend by each look.</summary>
    internal static Boundaries Finish(ImmutableArray<double> fractions, ImmutableArray<double> z, int sides, double? constant)
    {
        var crossing = Null(fractions, z, sides);
        var cumulative = new double[z.Length];
        for (var k = 0; k < z.Length; k++) cumulative[k] = (k == 0 ? 0 : cumulative[k - 1]) + crossing.Upper[k] + crossing.Lower[k];
        return new Boundaries(fractions, z, sides, [.. cumulative], constant);
    }
}
