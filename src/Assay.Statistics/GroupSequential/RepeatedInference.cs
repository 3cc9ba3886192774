using System.Collections.Immutable;
using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Inference while a group-sequential test runs (Jennison &amp; Turnbull 1989): valid whether or not the bounds are obeyed.</summary>
public static class RepeatedInference
{
    /// <summary>A p-value this high or higher is reported as this, where spending designs have no solution.</summary>
    private const double Highest = 0.999;

    /// <summary>The effect ± bound·se at a look: covers at every look at once with probability 1 − α.</summary>
    /// <param name="effect">The effect at the look.</param>
    /// <param name="bound">The two-sided design's z at the look, ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound that is negative or not a number.</exception>
    /// <returns>The whole line where nothing is spent (a bound of +∞); <see cref="Reason.NoVariance"/> or <see cref="Reason.TooFewUnits"/> where the effect has none.</returns>
    public static Outcome<Interval> Interval(Estimate effect, double bound)
    {
        Check.Estimate(effect);
        if (!(bound >= 0)) throw new ArgumentOutOfRangeException(nameof(bound), bound, "Must not be negative.");
        if (Check.Refusal(effect) is { } reason) return reason;
        return new Interval(effect.Value - (bound * effect.StandardError), effect.Value + (bound * effect.StandardError));
    }

    /// <summary>The smallest level at which a spending design would reject at this look with this |z|.</summary>
    /// <param name="spending">The spending function.</param>
    /// <param name="fractions">Information of the looks so far.</param>
    /// <param name="look">The look, from 1.</param>
    /// <param name="z">The observed statistic.</param>
    /// <returns>In [0, 0.999]: a higher one is reported as 0.999, where spending designs have no solution.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such look, or fractions that do not increase.</exception>
    public static double SpendingPValue(SpendingFunction spending, ImmutableArray<double> fractions, int look, double z)
    {
        ArgumentNullException.ThrowIfNull(spending);
        InformationFractions.Check(InformationFractions.Given(fractions, nameof(fractions)));
        if (look < 1 || look > fractions.Length) throw new ArgumentOutOfRangeException(nameof(look), look, "A look of the design, from 1.");
        Check.Finite(z);
        var observed = Math.Abs(z);
        if (Bound(Highest) >= observed) return Highest;
        var least = Math.Log(1e-290);
        // No bound is beyond 39, and the search stops at 100.
        if (observed >= 100 || Bound(1e-290) <= observed) return 0;
        return Math.Exp(Roots.Bracketed(log => Math.Min(Bound(Math.Exp(log)), 100) - observed, least, Math.Log(Highest), 1e-10));

        double Bound(double alpha) => GroupSequential.Spent(new DesignCache.Design(spending, default, fractions[..look], alpha, Sides: 2, SpendsAll: false)).Z[^1];
    }

    /// <summary>The level of the design of one shape whose bound at this look is this |z|: its crossing probability over all planned looks.</summary>
    /// <param name="fractions">Information of all planned looks.</param>
    /// <param name="shape">One positive number a planned look.</param>
    /// <param name="look">The look, from 1.</param>
    /// <param name="z">The observed statistic.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such look, or fractions that do not increase.</exception>
    public static double FamilyPValue(ImmutableArray<double> fractions, ImmutableArray<double> shape, int look, double z)
    {
        InformationFractions.Apart(InformationFractions.Given(fractions, nameof(fractions)));
        InformationFractions.Shape(shape, fractions.Length);
        if (look < 1 || look > fractions.Length) throw new ArgumentOutOfRangeException(nameof(look), look, "A look of the design, from 1.");
        Check.Measured(z);
        var constant = Math.Abs(z) / shape[look - 1];
        var crossing = GroupSequential.Under(new Boundaries(fractions, [.. shape.Select(s => s * constant)], 2, [], constant), 0);
        return Math.Min(1, crossing.TotalUpper + crossing.TotalLower);
    }
}
