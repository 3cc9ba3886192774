namespace Assay.Statistics.Distributions;

/// <summary>Nodes and weights of Gauss–Legendre quadrature on [−1, 1], from the Legendre recurrence by Newton's method.</summary>
internal sealed class GaussLegendre
{
    /// <summary>4 nodes: a step between near points.</summary>
    public static readonly GaussLegendre Four = new(4);

    /// <summary>16 nodes: a panel of a smooth density.</summary>
    public static readonly GaussLegendre Sixteen = new(16);

    /// <summary>24 nodes: half of one side of a log-concave density.</summary>
    public static readonly GaussLegendre TwentyFour = new(24);

    /// <summary>40 nodes: a whole log-concave tail.</summary>
    public static readonly GaussLegendre Forty = new(40);

    private readonly double[] _nodes;
    private readonly double[] _weights;

    private GaussLegendre(int order)
    {
        _nodes = new double[order];
        _weights = new double[order];
        for (var i = 0; i < order; i++)
        {
            var x = Math.Cos(Math.PI * (i + 0.75) / (order + 0.5));
            double slope = 0;
            for (var iteration = 0; iteration < 20; iteration++)
            {
                double value = 1, previous = 0;
                for (var k = 0; k < order; k++) (value, previous) = ((((2 * k) + 1) * x * value - (k * previous)) / (k + 1), value);
                slope = order * ((x * value) - previous) / ((x * x) - 1);
                var step = value / slope;
                x -= step;
                if (Math.Abs(step) < 1e-15) break;
            }

            _nodes[i] = -x;
            _weights[i] = 2 / ((1 - (x * x)) * slope * slope);
        }
    }

    /// <summary>Nodes in increasing order.</summary>
    public ReadOnlySpan<double> Nodes => _nodes;

    /// <summary>Weights, summing to 2.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>∫ f over [from, to] with one panel.</summary>
    public double Integrate(Func<double, double> f, double from, double to) => Integrate(new Delegated(f), from, to);

    /// <inheritdoc cref="Integrate(Func{double, double}, double, double)"/>
    public double Integrate<TFunction>(TFunction f, double from, double to)
        where TFunction : struct, IFunction
    {
        double half = (to - from) / 2, middle = (to + from) / 2, sum = 0;
        for (var i = 0; i < _nodes.Length; i++) sum += _weights[i] * f.At(middle + (half * _nodes[i]));
        return half * sum;
    }
}
