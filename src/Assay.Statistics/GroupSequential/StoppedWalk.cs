using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The sub-density of S_k = Z_k√t_k on paths that have not yet crossed, carried from look to look by quadrature.</summary>
/// <remarks>
/// Armitage, McPherson &amp; Rowe (1969); Jennison &amp; Turnbull (2000), ch. 19: g_k(s) = ∫ g_{k−1}(u) φ((s − u − θd)/√d)/√d du over the continuation region,
/// with 16 Gauss–Legendre nodes a panel of 2.4 standard deviations of the shorter neighbouring increment.
/// </remarks>
internal sealed class StoppedWalk(double drift)
{
    private const double Panel = 2.4;
    private const double Reach = 12;
    private const double FarReach = 38;
    private const double KernelReach = 9;
    private const double InverseSqrtTwoPi = 0.398942280401432677939946059934;

    private double[] _nodes = [0];
    private double[] _mass = [1];
    private double _time;
    private double _next;

    /// <summary>Moves the eye, not the walk, to the next look.</summary>
    public void Approach(double time) => _next = time;

    /// <summary>P(no crossing before, Z &gt; z at this look).</summary>
    public double Above(double z) => Tail(z, 1);

    /// <summary>P(no crossing before, Z &lt; z at this look).</summary>
    public double Below(double z) => Tail(-z, -1);

    /// <summary>Carries the paths that stay between the bounds to this look, on nodes fit for the next increment.</summary>
    public void Continue(double lower, double upper, double following)
    {
        double increment = _next - _time, root = Math.Sqrt(increment), spread = Math.Sqrt(_next), mean = drift * _next;
        var low = Math.Max(lower * spread, mean - (Range(-lower) * spread));
        var high = Math.Min(upper * spread, mean + (Range(upper) * spread));
        if (!(high > low))
        {
            (_nodes, _mass, _time) = ([], [], _next);
            return;
        }

        var width = Panel * Math.Sqrt(Math.Min(increment, following - _next));
        var panels = Math.Max(1, (int)Math.Ceiling((high - low) / width));
        var rule = GaussLegendre.Sixteen;
        var nodes = new double[panels * rule.Nodes.Length];
        var mass = new double[nodes.Length];
        var half = (high - low) / panels / 2;
        for (int p = 0, at = 0; p < panels; p++)
        {
            var middle = low + (((2 * p) + 1) * half);
            for (var i = 0; i < rule.Nodes.Length; i++, at++)
            {
                nodes[at] = middle + (half * rule.Nodes[i]);
                mass[at] = half * rule.Weights[i] * Density(nodes[at], increment, root);
            }
        }

        (_nodes, _mass, _time) = (nodes, mass, _next);
    }

    private static double Range(double bound) => double.IsInfinity(bound) ? Reach : Math.Clamp(bound + 1, Reach, FarReach);

    private double Density(double s, double increment, double root)
    {
        // Far out in the tail the likeliest path makes a jump as long as the point is far.
        var far = Math.Max(KernelReach, 1 + (Math.Abs(s - (drift * _next)) / Math.Sqrt(_next)));
        double shifted = s - (drift * increment), reach = far * root;
        var from = _time == 0 ? 0 : LowerBound(shifted - reach);
        double sum = 0;
        for (var j = from; j < _nodes.Length; j++)
        {
            var z = (shifted - _nodes[j]) / root;
            if (z < -far && _time > 0) break;
            sum += _mass[j] * Math.Exp(-0.5 * z * z);
        }

        return sum * InverseSqrtTwoPi / root;
    }

    private int LowerBound(double value)
    {
        var index = Array.BinarySearch(_nodes, value);
        return index >= 0 ? index : ~index;
    }

    private double Tail(double z, int side)
    {
        if (double.IsPositiveInfinity(z)) return 0;
        double increment = _next - _time, root = Math.Sqrt(increment), bound = z * Math.Sqrt(_next), shift = side * drift * increment;
        double sum = 0;
        for (var j = 0; j < _nodes.Length; j++) sum += _mass[j] * Normal.Survival((bound - (side * _nodes[j]) - shift) / root);
        return sum;
    }
}
