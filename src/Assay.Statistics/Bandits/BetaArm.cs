using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>A Beta(a, b) posterior; u is the logit of θ.</summary>
internal sealed class BetaArm(double a, double b) : IPosteriorArm
{
    /// <summary>Beyond this logit θ or 1 − θ is close to the smallest double, and only its power is left of the density.</summary>
    private const double Far = 690;

    /// <summary>A log-density below this is 0, and so is the tail beyond.</summary>
    private const double Vanished = -760;

    /// <summary>The uniform distribution: its density in u is θ(1 − θ) = dθ/du.</summary>
    public static readonly BetaArm Uniform = new(1, 1);

    private readonly double _logBeta = LogGamma.Beta(a, b);

    public double Mean => a / (a + b);

    public double Mode { get; } = Math.Log(a / b);

    public double Scale { get; } = Math.Sqrt((1 / a) + (1 / b));

    public double LogDensity(Place u) => LogDensity(u.Value);

    public (double Density, double Below, double Above) At(Place place)
    {
        var u = place.Value;
        var log = LogDensity(u);
        if (log < Vanished) return u < Mode ? (0, 0, 1) : (0, 1, 0);
        if (Math.Abs(u) > Far)
        {
            var tail = Math.Exp(log) / (u < 0 ? a : b);
            return (Math.Exp(log), u < 0 ? tail : 1 - tail, u < 0 ? 1 - tail : tail);
        }

        var (lower, upper) = IncompleteBeta.LogTails(a, b, Beta.Logistic(u), Beta.Logistic(-u));
        return (Math.Exp(log), Math.Exp(lower), Math.Exp(upper));
    }

    private double LogDensity(double u) => u switch
    {
        < -Far => (a * u) - _logBeta,
        > Far => (-b * u) - _logBeta,
        _ => IncompleteBeta.LogKernel(a, b, Beta.Logistic(u), Beta.Logistic(-u)),
    };
}
