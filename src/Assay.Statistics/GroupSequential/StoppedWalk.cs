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

    /// <summary>Of four points at least, three of them without mass: the sums take four at a time.</summary>
    private double[] _nodes = [0, 0, 0, 0];
    private double[] _mass = [1, 0, 0, 0];
    private int _count = 4;
    private double[] _otherNodes = [];
    private double[] _otherMass = [];
    private bool _isEven = drift == 0;
    private double _time;
    private double _next;

    /// <summary>Back to time 0, with the room that there is.</summary>
    public void Restart()
    {
        _count = 4;
        _nodes.AsSpan(0, _count).Clear();
        _mass.AsSpan(0, _count).Clear();
        _mass[0] = 1;
        _isEven = drift == 0;
        (_time, _next) = (0, 0);
    }

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
            (_count, _time) = (0, _next);
            return;
        }

        var width = Panel * Math.Sqrt(Math.Min(increment, following - _next));
        var panels = Math.Max(1, (int)Math.Ceiling((high - low) / width));
        var rule = GaussLegendre.Sixteen;
        var count = panels * rule.Nodes.Length;
        if (_otherNodes.Length < count) (_otherNodes, _otherMass) = (new double[count], new double[count]);
        // Without drift and between opposite bounds both sides are the same, and one is enough.
        _isEven &= low == -high;
        var half = (high - low) / panels / 2;
        for (var at = 0; at < (_isEven ? count / 2 : count); at++)
        {
            var (panel, i) = Math.DivRem(at, rule.Nodes.Length);
            var node = low + (((2 * panel) + 1 + rule.Nodes[i]) * half);
            var mass = half * rule.Weights[i] * Density(node, increment, root);
            (_otherNodes[at], _otherMass[at]) = (node, mass);
            if (_isEven) (_otherNodes[count - 1 - at], _otherMass[count - 1 - at]) = (-node, mass);
        }

        (_nodes, _mass, _otherNodes, _otherMass, _count, _time) = (_otherNodes, _otherMass, _nodes, _mass, count, _next);
    }

    private static double Range(double bound) => double.IsInfinity(bound) ? Reach : Math.Clamp(bound + 1, Reach, FarReach);

    private double Density(double s, double increment, double root)
    {
        // Far out in the tail the likeliest path makes a jump as long as the point is far.
        var far = Math.Max(KernelReach, 1 + (Math.Abs(s - (drift * _next)) / Math.Sqrt(_next)));
        double shifted = s - (drift * increment), reach = far * root;
        var (from, to) = _time == 0 ? (0, _count) : (LowerBound(shifted - reach) & ~3, (LowerBound(shifted + reach) + 3) & ~3);
        return GaussianSum.At(shifted, root, _nodes.AsSpan(from, to - from), _mass.AsSpan(from, to - from)) * InverseSqrtTwoPi / root;
    }

    private int LowerBound(double value)
    {
        var index = _nodes.AsSpan(0, _count).BinarySearch(value);
        return index >= 0 ? index : ~index;
    }

    private double Tail(double z, int side)
    {
        if (double.IsPositiveInfinity(z)) return 0;
        double increment = _next - _time, root = Math.Sqrt(increment), bound = z * Math.Sqrt(_next), shift = side * drift * increment;
        double sum = 0;
        for (var j = 0; j < _count; j++) sum += _mass[j] * Normal.Survival((bound - (side * _nodes[j]) - shift) / root);
        return sum;
    }
}
