using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>A Beta(a, b) variable seen through its logit, where its density xᵃ(1 − x)ᵇ ÷ B(a, b) is smooth and log-concave for any shapes.</summary>
internal sealed class BetaLogit(double a, double b)
{
    private static readonly double[] Edges = [-8, -3, 0, 3, 8];

    private readonly double _logConstant = -LogGamma.Beta(a, b);
    private (double Node, double Weight)[]? _bulk;

    public double Mean { get; } = a / (a + b);

    public double Variance { get; } = a / (a + b) * (b / (a + b)) / (a + b + 1);

    /// <summary>E(x − mean)³.</summary>
    public double ThirdCumulant => 2 * (b - a) / (a + b) / (a + b + 2) * Variance;

    /// <summary>Whether the density is a smooth bump on [0, 1] itself, for quadrature between near points.</summary>
    public bool IsSmooth => a > 5 && b > 5;

    /// <summary>The mode on the logit scale.</summary>
    public double Mode { get; } = Math.Log(a / b);

    /// <summary>The standard deviation on the logit scale, nearly.</summary>
    public double Scale { get; } = Math.Sqrt((1 / a) + (1 / b));

    /// <summary>Nodes and probability weights over all but about 1e-16 of the distribution.</summary>
    public ReadOnlySpan<(double Node, double Weight)> Bulk => _bulk ??= Spread();

    public double LogDensity(double u) => IncompleteBeta.LogKernel(a, b, Beta.Logistic(u), Beta.Logistic(-u));

    /// <summary>The density at x in (0, 1).</summary>
    public double Density(double x) => Math.Exp(((a - 1) * Math.Log(x)) + ((b - 1) * Math.Log(1 - x)) + _logConstant);

    /// <summary>P(from &lt; X ≤ to) for near points inside (0, 1).</summary>
    public double Mass(double from, double to)
    {
        var rule = GaussLegendre.Four;
        double half = 0.5 * (to - from), middle = 0.5 * (to + from), sum = 0;
        for (var i = 0; i < rule.Nodes.Length; i++) sum += rule.Weights[i] * Density(middle + (half * rule.Nodes[i]));
        return half * sum;
    }

    public double Score(double u) => (a * Beta.Logistic(-u)) - (b * Beta.Logistic(u));

    public (double Lower, double Upper) LogTails(double u) => IncompleteBeta.LogTails(a, b, Beta.Logistic(u), Beta.Logistic(-u));

    public (double Lower, double Upper) LogTailsAt(double x) => IncompleteBeta.LogTails(a, b, x, 1 - x);

    /// <summary>Where panels must end for an integrand whose own scale is wider than this variable's: around the step of its distribution function.</summary>
    public int Breaks(double otherScale, Span<double> breaks)
    {
        if (otherScale < 3 * Scale) return 0;
        for (var i = 0; i < Edges.Length; i++) breaks[i] = Mode + (Edges[i] * Scale);
        return Edges.Length;
    }

    private (double, double)[] Spread()
    {
        var nodes = new Nodes([]);
        LogConcaveIntegral.Visit(new OwnDensity(this), Mode, Scale, [], ref nodes);
        return [.. nodes.Found];
    }

    private readonly struct OwnDensity(BetaLogit variable) : IConcave
    {
        public double Log(double u) => variable.LogDensity(u);

        public double Slope(double u) => variable.Score(u);
    }

    private readonly record struct Nodes(List<(double, double)> Found) : INodeVisitor
    {
        public void Visit(double u, double weight, double log) => Found.Add((u, weight * Math.Exp(log)));
    }
}
