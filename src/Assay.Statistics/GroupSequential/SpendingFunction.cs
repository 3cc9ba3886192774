using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>How much of a level is spent by an information fraction (Lan &amp; DeMets 1983).</summary>
public abstract record SpendingFunction
{
    /// <summary>2 − 2Φ(z_{a/2} ÷ √t): close to O'Brien and Fleming's bounds.</summary>
    public static SpendingFunction OBrienFleming { get; } = new LanDeMetsOBrienFleming();

    /// <summary>a·ln(1 + (e − 1)t): close to Pocock's bounds.</summary>
    public static SpendingFunction Pocock { get; } = new LanDeMetsPocock();

    /// <summary>a·t^ρ (Kim &amp; DeMets 1987).</summary>
    /// <param name="rho">ρ between 0.01 and 100; 3 is close to O'Brien and Fleming, 1 to Pocock.</param>
    /// <exception cref="ArgumentOutOfRangeException">ρ outside its range.</exception>
    public static SpendingFunction KimDeMets(double rho)
    {
        if (!(rho is >= 0.01 and <= 100)) throw new ArgumentOutOfRangeException(nameof(rho), rho, "Must be between 0.01 and 100.");
        return new PowerFamily(rho);
    }

    /// <summary>a(1 − e^−γt) ÷ (1 − e^−γ), a·t for γ = 0 (Hwang, Shih &amp; DeCani 1990).</summary>
    /// <param name="gamma">γ within ±100; −4 is close to O'Brien and Fleming, 1 to Pocock.</param>
    /// <exception cref="ArgumentOutOfRangeException">γ outside its range.</exception>
    public static SpendingFunction HwangShihDeCani(double gamma)
    {
        if (!(gamma is >= -100 and <= 100)) throw new ArgumentOutOfRangeException(nameof(gamma), gamma, "Must be within ±100.");
        return new GammaFamily(gamma);
    }

    /// <summary>The part of <paramref name="alpha"/> (one side's level) spent by fraction <paramref name="t"/>; all of it from t = 1.</summary>
    /// <param name="t">Information over its planned total, ≥ 0.</param>
    /// <param name="alpha">a, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">t negative, or a outside (0, 1).</exception>
    public double Spent(double t, double alpha)
    {
        Check.NonNegative(t);
        Check.Level(alpha);
        return t >= 1 ? alpha : t == 0 ? 0 : Part(t, alpha);
    }

    private protected abstract double Part(double t, double alpha);

    private sealed record LanDeMetsOBrienFleming : SpendingFunction
    {
        private protected override double Part(double t, double alpha) => 2 * Normal.Survival(Normal.InverseSurvival(alpha / 2) / Math.Sqrt(t));
    }

    private sealed record LanDeMetsPocock : SpendingFunction
    {
        private protected override double Part(double t, double alpha) => alpha * Elementary.LogOnePlus((Math.E - 1) * t);
    }

    private sealed record PowerFamily(double Rho) : SpendingFunction
    {
        private protected override double Part(double t, double alpha) => alpha * Math.Pow(t, Rho);
    }

    private sealed record GammaFamily(double Shape) : SpendingFunction
    {
        private protected override double Part(double t, double alpha) =>
            Shape == 0 ? alpha * t
            : Shape > 0 ? alpha * (Elementary.ExpMinusOne(-Shape * t) / Elementary.ExpMinusOne(-Shape))
            // With e^γ taken out, which is no double for γ far below 0.
            : alpha * Math.Exp(-Shape * (t - 1)) * (Elementary.ExpMinusOne(Shape * t) / Elementary.ExpMinusOne(Shape));
    }
}
