using System.Collections.Immutable;
using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Several treatments against one control (Dunnett 1955), by quadrature over the control's error and, with finite degrees of freedom, over the scale.</summary>
public sealed class Dunnett
{
    private readonly double[] _slopes;
    private readonly double[] _rests;
    private readonly int _sides;
    private readonly (double Scale, double Weight)[] _scales;

    /// <summary>The joint distribution of the treatments' statistics.</summary>
    /// <param name="sizes">Sample sizes, control first, at least two; only their ratios matter.</param>
    /// <param name="degreesOfFreedom">Of the common variance, ≥ 0.01; <see cref="double.PositiveInfinity"/> for known variances.</param>
    /// <param name="sides">1 or 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two sizes, degrees of freedom below 0.01, or other sides.</exception>
    public Dunnett(ImmutableArray<double> sizes, double degreesOfFreedom, int sides = 2)
    {
        if (sizes.IsDefault || sizes.Length < 2) throw new ArgumentOutOfRangeException(nameof(sizes), "A control and at least one treatment.");
        foreach (var size in sizes) Check.Scale(size, nameof(sizes));
        Check.DegreesOfFreedom(degreesOfFreedom);
        Check.Sides(sides);
        _sides = sides;
        _slopes = [.. sizes.Skip(1).Select(n => Math.Sqrt(n / (n + sizes[0])))];
        _rests = [.. sizes.Skip(1).Select(n => Math.Sqrt(sizes[0] / (n + sizes[0])))];
        _scales = Scales(degreesOfFreedom);
    }

    /// <summary>P(max |Tᵢ| &gt; d), or P(max Tᵢ &gt; d) one-sided: the adjusted p-value of a statistic d.</summary>
    /// <param name="d">A t or z statistic.</param>
    public double Survival(double d)
    {
        Check.Number(d);
        if (_sides == 2) d = Math.Abs(d);
        double sum = 0;
        foreach (var (scale, weight) in _scales) sum += weight * Exceeds(d * scale);
        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>d with P(max |Tᵢ| ≤ d) = 1 − α, to 1e-10.</summary>
    /// <param name="alpha">Family-wise level in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">α outside (0, 1).</exception>
    public double CriticalValue(double alpha)
    {
        Check.Level(alpha);
        // Two-sided, the probability is 1 at 0 and a search may look below.
        return Roots.Monotone(d => (_sides == 2 && d <= 0 ? 1 : Survival(d)) - alpha, Normal.InverseSurvival(alpha / _sides / _slopes.Length), 0.2, 1e-10);
    }

    private static (double, double)[] Scales(double degreesOfFreedom)
    {
        if (degreesOfFreedom > StudentT.AsGoodAsInfinite) return [(1, 1)];
        var scales = new Scale([]);
        LogConcaveIntegral.Visit(new LogScale(degreesOfFreedom), 0, 1 / Math.Sqrt(2 * degreesOfFreedom), [], ref scales);
        return [.. scales.Found];
    }

    /// <summary>1 − ∫ φ(x) Π[Φ((d + λx)/√(1 − λ²)) − Φ((−d + λx)/√(1 − λ²))] dx.</summary>
    private double Exceeds(double d)
    {
        const double width = 1.5;
        // Far out the likeliest way over d is a control that moves towards it too.
        var reach = 9 + (width * Math.Ceiling(_slopes.Max() * Math.Clamp(Math.Abs(d), 0, 40) / width));
        var rule = GaussLegendre.Sixteen;
        double sum = 0;
        for (var from = -reach; from < reach; from += width)
        {
            for (var i = 0; i < rule.Nodes.Length; i++)
            {
                var x = from + (width / 2 * (1 + rule.Nodes[i]));
                double log = 0;
                for (var k = 0; k < _slopes.Length; k++)
                {
                    var outside = Normal.Survival((d + (_slopes[k] * x)) / _rests[k]) + (_sides == 2 ? Normal.Survival((d - (_slopes[k] * x)) / _rests[k]) : 0);
                    log += Elementary.LogOnePlus(-Math.Min(1, outside));
                }

                sum += width / 2 * rule.Weights[i] * Normal.Density(x) * -Elementary.ExpMinusOne(log);
            }
        }

        return sum;
    }

    /// <summary>ln of the density of ½ ln(χ²_ν/ν).</summary>
    private readonly struct LogScale(double degreesOfFreedom) : IConcave
    {
        private readonly double _constant = Elementary.LnTwo + (0.5 * Math.Log(degreesOfFreedom / 2)) - Elementary.HalfLnTwoPi - LogGamma.StirlingRemainder(degreesOfFreedom / 2);

        public double Log(double u) => _constant + (degreesOfFreedom * u) - (degreesOfFreedom / 2 * Elementary.ExpMinusOne(2 * u));

        public double Slope(double u) => -degreesOfFreedom * Elementary.ExpMinusOne(2 * u);
    }

    private readonly record struct Scale(List<(double, double)> Found) : INodeVisitor
    {
        public void Visit(double u, double weight, double log) => Found.Add((Math.Exp(u), weight * Math.Exp(log)));
    }
}
