using System.Runtime.Intrinsics;
using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>The upper tail of X − Y at a gap, for two independent Beta variables whose densities are smooth bumps: P(X − Y &gt; gap), the density of X − Y there with the slope of its logarithm, and E[(X − Y − gap)⁺].</summary>
/// <remarks>
/// With both densities tilted so that they peak at the likeliest pair (x, y), x − y = gap, the density of w = X − Y − gap is K·c(w)·e⁻ᵗʷ. On a lattice of step h the trapezoidal rule gives c(mh) = h·Σ f(kh + mh)·g(kh),
/// and the cardinal series carries it to the half-line, both with errors that vanish exponentially in 1/h (Trefethen &amp; Weideman 2014; Stenger 1993). Everything is relative to K, so a tail of 1e-300 has its digits.
/// </remarks>
internal readonly record struct LatticeTail(double Probability, double Density, double Slope, double Excess)
{
    /// <summary>A shape below this has a density too rough at an end of [0, 1] for a lattice.</summary>
    private const double SmallestShape = 10;

    private const double LargestShape = 1e15;
    private const double LargestRatio = 12;
    private const int MostNodes = 600;

    /// <summary>Terms below e⁻³⁸ of the peak are left out.</summary>
    private const double Fall = 38;

    /// <summary>What the step may leave out of either series, inside the range and at its ends, in powers of e.</summary>
    private const double Exactness = 34;
    private const double EndExactness = 30;

    /// <summary>The tail, or false where a density is too rough, the widths too different or the probability not the smaller one: the panels serve those.</summary>
    public static bool TryOf(BetaShapes first, BetaShapes second, double gap, out LatticeTail tail)
    {
        tail = default;
        // 1 − Y and 1 − X have the same difference; below one half, no complement loses digits.
        var (p, q) = first.A + second.A <= first.B + second.B ? (first, second) : (second.Mirror(), first.Mirror());
        var smallest = Math.Min(Math.Min(p.A, p.B), Math.Min(q.A, q.B)) - 1;
        if (!(smallest >= SmallestShape - 1) || Math.Max(p.A + p.B, q.A + q.B) > LargestShape) return false;
        if (!TryPeak(p, q, gap, out var at)) return false;
        Bump x = Bump.At(p, at), y = Bump.At(q, at - gap);
        double widest = Math.Max(x.Scale, y.Scale), narrowest = Math.Min(x.Scale, y.Scale);
        if (widest > LargestRatio * narrowest) return false;
        var h = Step(smallest) * narrowest / Math.Sqrt(1 + (narrowest / widest * (narrowest / widest)));
        double tilt = 0.5 * (y.Slope - x.Slope), rest = 0.5 * (y.Slope + x.Slope);
        if (tilt * h < -0.25) return false;

        Span<double> f = stackalloc double[MostNodes], g = stackalloc double[MostNodes];
        if (!x.TryFill(f, h, rest, Fall, out var fFirst, out var fCount) || !y.TryFill(g, h, rest, Fall, out var gFirst, out var gCount)) return false;
        var (probability, excess, peak, slope) = HalfLine(f[..fCount], fFirst, g[..gCount], gFirst, tilt * h);
        var height = Math.Exp(p.LogKernel(x.Place, x.Rest) + q.LogKernel(y.Place, y.Rest)) / (x.Place * x.Rest) * (h / (y.Place * y.Rest));
        tail = new LatticeTail(height * h * probability, height * peak, (slope / (peak * h)) - tilt, height * h * h * excess);
        return true;
    }

    /// <summary>The step, over the width of the product of both densities, at which the series are exact for densities like xˢe⁻ˢˣ; 0.76 for a large s, where they are normal.</summary>
    /// <remarks>Within the range the transform of such a density falls as (1 + ω²/s²)^(−s/2); at its end, where the other density is not 0, as (s/ω)ˢ⁺¹.</remarks>
    private static double Step(double s) =>
        2 * Math.PI * Math.Min(1 / Math.Sqrt(2 * s * Elementary.ExpMinusOne(Exactness / s)), s < 50 ? Math.Sqrt(2 / s) * Math.Exp(-EndExactness / (s + 1)) : 1);

    /// <summary>The x at which f(x)·g(x − gap) is highest, by Newton's method; closed for a gap of 0.</summary>
    private static bool TryPeak(BetaShapes p, BetaShapes q, double gap, out double at)
    {
        at = (p.A + q.A - 2) / (p.A + p.B + q.A + q.B - 4);
        if (gap == 0) return true;
        double low = Math.Max(0, gap), high = Math.Min(1, 1 + gap), share = p.Variance / (p.Variance + q.Variance);
        at = Math.Clamp(p.Mean + ((gap - (p.Mean - q.Mean)) * share), low + (0.01 * (high - low)), high - (0.01 * (high - low)));
        for (var i = 0; i < 60; i++)
        {
            Bump x = Bump.At(p, at), y = Bump.At(q, at - gap);
            double curvature = (1 / (x.Scale * x.Scale)) + (1 / (y.Scale * y.Scale)), step = (x.Slope + y.Slope) / curvature;
            if (step > 0) low = at; else high = at;
            var next = at + step;
            at = next > low && next < high ? next : 0.5 * (low + high);
            if (step * step * curvature < 0.01) return at > Math.Max(0, gap) && at < Math.Min(1, 1 + gap);
        }

        return false;
    }

    /// <summary>Σ cₘSₘ and Σ m·cₘSₘ, where Sₘ = ∫₀^∞ sinc(s − m)·e^(−τs) ds; c₀, and the slope of the series there, Σ (−1)ᵐ⁺¹cₘ/m.</summary>
    private static (double Sum, double Moment, double Peak, double Slope) HalfLine(ReadOnlySpan<double> f, int fFirst, ReadOnlySpan<double> g, int gFirst, double tau)
    {
        // c_m = Σ f(k + m)·g(k): m runs from the first of f less the last of g.
        int lowest = fFirst - gFirst - g.Length + 1, highest = fFirst + f.Length - 1 - gFirst;
        var series = new HalfLineSeries(tau, lowest);
        double sum = 0, moment = 0, peak = 0, slope = 0;
        for (var m = lowest; m <= highest; m++)
        {
            var from = Math.Max(gFirst, fFirst - m);
            var to = Math.Min(gFirst + g.Length, fFirst + f.Length - m);
            var c = Product(f[(from + m - fFirst)..(to + m - fFirst)], g[(from - gFirst)..(to - gFirst)]);
            var weighted = c * series.Next();
            sum += weighted;
            moment += m * weighted;
            if (m == 0) peak = c; else slope += ((m & 1) == 0 ? -c : c) / m;
        }

        return (sum, moment, peak, slope);
    }

    private static double Product(ReadOnlySpan<double> f, ReadOnlySpan<double> g)
    {
        var fours = Vector256<double>.Zero;
        var i = 0;
        for (; i + 4 <= f.Length; i += 4) fours += Vector256.Create(f.Slice(i, 4)) * Vector256.Create(g.Slice(i, 4));
        var sum = FourLanes.Sum(fours);
        for (; i < f.Length; i++) sum += f[i] * g[i];
        return sum;
    }

    /// <summary>A density near a place: ln f(place + w) = ln f(place) + slope·w + φ(w).</summary>
    private readonly record struct Bump(double Place, double Rest, double Below, double Above, double Slope, double Scale)
    {
        public static Bump At(BetaShapes shapes, double place)
        {
            double rest = 1 - place, below = shapes.A - 1, above = shapes.B - 1;
            double left = below / place, right = above / rest;
            return new Bump(place, rest, below, above, left - right, 1 / Math.Sqrt((left / place) + (right / rest)));
        }

        /// <summary>exp(φ(kh) + tilt·kh) for all k where it is not negligible.</summary>
        public bool TryFill(Span<double> values, double h, double tilt, double fall, out int first, out int count)
        {
            // Leftwards into the front of the room and turned round, then rightwards.
            count = 0;
            first = 0;
            for (var k = -1; ; k--)
            {
                var log = Log(k * h) + (tilt * k * h);
                if (!(log > -fall)) break;
                if (count == values.Length) return false;
                values[count++] = Math.Exp(log);
                first = k;
            }

            values[..count].Reverse();
            for (var k = 0; ; k++)
            {
                var log = Log(k * h) + (tilt * k * h);
                if (!(log > -fall)) break;
                if (count == values.Length) return false;
                values[count++] = Math.Exp(log);
            }

            return true;
        }

        private double Log(double w)
        {
            double x = w / Place, y = w / Rest;
            return x > -1 && y < 1 ? (Below * Less(x)) + (Above * Less(-y)) : double.NegativeInfinity;
        }

        /// <summary>ln(1 + z) − z: by the series near 0, where a large shape multiplies what a difference would lose.</summary>
        private static double Less(double z) => Math.Abs(z) < 0.15 ? Elementary.LogOnePlusLess(z) : Math.Log(1 + z) - z;
    }
}
