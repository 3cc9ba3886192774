using System.Runtime.Intrinsics;
using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>Sₘ = ∫₀^∞ sinc(s − m)·e^(−τs) ds one after another, sinc s = sin πs ÷ πs: what a term of the cardinal series weighs on the half-line.</summary>
/// <remarks>Sₘ = e^(−τ)·Sₘ₋₁ + ∫₀¹ sinc(s − m)·e^(−τs) ds, by 16 nodes; begun at an m far below 0 by the asymptotic series of the integral there.</remarks>
internal struct HalfLineSeries
{
    private static readonly double[] Places = [.. GaussLegendre.Sixteen.Nodes.ToArray().Select(node => 0.5 * (1 + node))];
    private static readonly double[] Sines = [.. Places.Select((s, i) => 0.5 * GaussLegendre.Sixteen.Weights[i] * Math.Sin(Math.PI * s) / Math.PI)];
    private static readonly Vector256<double> First = Vector256.Create(Places, 0), Second = Vector256.Create(Places, 4), Third = Vector256.Create(Places, 8), Fourth = Vector256.Create(Places, 12);

    private readonly double _decay;
    private readonly Vector256<double> _first;
    private readonly Vector256<double> _second;
    private readonly Vector256<double> _third;
    private readonly Vector256<double> _fourth;
    private double _sum;
    private int _m;

    /// <summary>The series from Sₘ on, m ≤ −12, for τ &gt; −π.</summary>
    public HalfLineSeries(double tau, int m)
    {
        _decay = Math.Exp(-tau);
        _m = m;
        Span<double> terms = stackalloc double[16];
        for (var i = 0; i < terms.Length; i++) terms[i] = Sines[i] * Math.Exp(-tau * Places[i]);
        _first = Vector256.Create<double>(terms);
        _second = Vector256.Create<double>(terms[4..]);
        _third = Vector256.Create<double>(terms[8..]);
        _fourth = Vector256.Create<double>(terms[12..]);
        _sum = Far(tau, m - 1);
    }

    /// <summary>Sₘ, and on to the next m.</summary>
    public double Next()
    {
        var m = Vector256.Create((double)_m);
        var step = FourLanes.Sum((_first / (First - m)) + (_second / (Second - m)) + (_third / (Third - m)) + (_fourth / (Fourth - m)));
        _sum = (_decay * _sum) + ((_m & 1) == 0 ? step : -step);
        _m++;
        return _sum;
    }

    /// <summary>Sₘ for m far below 0: (−1)ᵐ/π · Im Σ (−1)ᵖ·p!·zᵖ⁺¹ with z = 1 ÷ ((τ − iπ)|m|).</summary>
    private static double Far(double tau, int m)
    {
        var size = ((tau * tau) + (Math.PI * Math.PI)) * -m;
        double real = tau / size, imaginary = Math.PI / size, termReal = real, term = imaginary, sum = term;
        for (var p = 1; p < 24; p++)
        {
            (termReal, term) = (-p * ((termReal * real) - (term * imaginary)), -p * ((termReal * imaginary) + (term * real)));
            sum += term;
        }

        return (m & 1) == 0 ? sum / Math.PI : -sum / Math.PI;
    }
}
