using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>A Beta variable seen through its logit, where its density xᵃ(1 − x)ᵇ ÷ B(a, b) is smooth and log-concave for any shapes.</summary>
internal readonly struct BetaLogit(BetaShapes shapes)
{
    private static readonly double[] Edges = [-8, -3, 0, 3, 8];

    /// <summary>The mode on the logit scale.</summary>
    public double Mode { get; } = Math.Log(shapes.A / shapes.B);

    /// <summary>The standard deviation on the logit scale, nearly.</summary>
    public double Scale { get; } = Math.Sqrt((1 / shapes.A) + (1 / shapes.B));

    public double LogDensity(double u) => shapes.LogKernel(Beta.Logistic(u), Beta.Logistic(-u));

    public double Score(double u) => (shapes.A * Beta.Logistic(-u)) - (shapes.B * Beta.Logistic(u));

    public (double Lower, double Upper) LogTails(double u) => IncompleteBeta.LogTails(shapes.A, shapes.B, Beta.Logistic(u), Beta.Logistic(-u));

    /// <summary>Where panels must end for an integrand whose own scale is wider than this variable's: around the step of its distribution function.</summary>
    public int Breaks(double otherScale, Span<double> breaks)
    {
        if (otherScale < 3 * Scale) return 0;
        for (var i = 0; i < Edges.Length; i++) breaks[i] = Mode + (Edges[i] * Scale);
        return Edges.Length;
    }
}
