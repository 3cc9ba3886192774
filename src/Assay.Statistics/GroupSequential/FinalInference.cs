using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Inference after a group-sequential test has stopped, by the stage-wise ordering (Tsiatis, Rosner &amp; Mehta 1984); drifts are on the scale of Z at full information.</summary>
/// <param name="UpperPValue">P₀(a result at least as far up in the ordering).</param>
/// <param name="MedianUnbiasedDrift">The drift that makes the observed result the median.</param>
/// <param name="Interval">Drifts with upper p-value between α/2 and 1 − α/2.</param>
public sealed record FinalInference(double UpperPValue, double MedianUnbiasedDrift, Interval Interval)
{
    /// <summary>P₀(a result at least as far down in the ordering), 1 less the upper one with its own digits.</summary>
    public required double LowerPValue { get; init; }

    /// <summary>2·min(p, 1 − p).</summary>
    public double PValue => Math.Min(1, 2 * Math.Min(UpperPValue, LowerPValue));

    /// <summary>For a test stopped at a look (1-based) with a given z.</summary>
    /// <param name="bounds">Bounds; those of later looks do not matter.</param>
    /// <param name="stopLook">The look at which it stopped, from 1.</param>
    /// <param name="z">The statistic there.</param>
    /// <param name="alpha">Two-sided level of the interval.</param>
    /// <remarks>A drift over √(planned information) is an effect in the metric's unit.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">No such look or one that is skipped because it lies within a millionth of an earlier, a z that is not within ±1e6, or α below 1e-30 or not below 1.</exception>
    public static FinalInference At(Boundaries bounds, int stopLook, double z, double alpha)
    {
        InformationFractions.Walkable(bounds);
        InformationFractions.Stop(bounds, stopLook);
        if (!(Math.Abs(z) <= 1e6)) throw new ArgumentOutOfRangeException(nameof(z), z, "Must be within ±1e6.");
        InformationFractions.Level(alpha);
        var naive = z / Math.Sqrt(bounds.Fractions[stopLook - 1]);
        return new FinalInference(Upper(0), At(0.5), new Interval(At(alpha / 2), At(1 - (alpha / 2)))) { LowerPValue = Lower(0) };

        // On the normal scale of whichever tail is the smaller, so that α may be small on either side.
        double At(double p)
        {
            var target = Normal.Quantile(p);
            // By sign and not by slope: far out both tails are certain and the scale is flat.
            return Roots.Falling(theta => target - Math.Clamp(Scale(Upper(theta), theta), -40, 40), naive + target, 0.2, 1e-10);
        }

        double Scale(double upper, double theta) => upper <= 0.5 ? Normal.Quantile(Math.Max(0, upper)) : Normal.InverseSurvival(Math.Clamp(Lower(theta), 0, 1));

        double Upper(double theta)
        {
            double[] upper = [.. bounds.Z.Take(stopLook - 1), z], lower = [.. bounds.Lower.Take(stopLook - 1), double.NegativeInfinity];
            return Crossing.Of(bounds.Fractions.AsSpan(0, stopLook), lower, upper, theta).TotalUpper;
        }

        double Lower(double theta)
        {
            double[] upper = [.. bounds.Z.Take(stopLook - 1), double.PositiveInfinity], lower = [.. bounds.Lower.Take(stopLook - 1), z];
            return Crossing.Of(bounds.Fractions.AsSpan(0, stopLook), lower, upper, theta).TotalLower;
        }
    }
}
