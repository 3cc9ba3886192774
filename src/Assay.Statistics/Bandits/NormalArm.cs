using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>A normal posterior; u is θ itself.</summary>
internal sealed class NormalArm(double mean, double deviation) : IPosteriorArm
{
    public double Mean => mean;

    public double Mode => mean;

    public double Scale => deviation;

    public double LogDensity(Place u)
    {
        var z = u.From(mean) / deviation;
        return (-0.5 * z * z) - Elementary.HalfLnTwoPi - Math.Log(deviation);
    }

    public (double Density, double Below, double Above) At(Place u)
    {
        var z = u.From(mean) / deviation;
        return (Normal.Density(z) / deviation, Normal.Cdf(z), Normal.Survival(z));
    }
}
