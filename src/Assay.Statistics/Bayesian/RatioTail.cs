using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>P(X &gt; ρY) for two independent Beta variables of any shapes, with its density over ln ρ, both as logarithms.</summary>
/// <remarks>As in <see cref="DifferenceTail"/>, v is the logit over the part of one variable's range where the other is not certain.</remarks>
internal readonly struct RatioTail : IPairOfLogs
{
    private readonly BetaShapes _outer;
    private readonly BetaShapes _inner;
    private readonly double _length;
    private readonly double _part;
    private readonly double _rest;
    private readonly bool _isAbove;

    private RatioTail(BetaShapes outer, BetaShapes inner, double length, double part, double rest, bool isAbove) =>
        (_outer, _inner, _length, _part, _rest, _isAbove) = (outer, inner, length, part, rest, isAbove);

    /// <summary>ln P(X &gt; ρY) and ln of its density over ln ρ.</summary>
    public static (double Tail, double Density) Logs(BetaShapes x, BetaShapes y, double logRatio)
    {
        double k = Math.Exp(-Math.Abs(logRatio)), rest = -Elementary.ExpMinusOne(-Math.Abs(logRatio));
        // Over the variable that is narrower for its size: from 0 to 1 where the other one's range reaches beyond it, from 0 to k otherwise.
        var overX = x.Variance / (x.Mean * x.Mean) < y.Variance / (y.Mean * y.Mean);
        var (outer, inner) = overX ? (x, y) : (y, x);
        var isWhole = overX == logRatio > 0;
        var tail = isWhole ? new RatioTail(outer, inner, 1, k, rest, !overX) : new RatioTail(outer, inner, k, 1, rest, !overX);
        var guess = Math.Clamp(Math.Log(isWhole ? outer.Mean / outer.Mirror().Mean : outer.Mean / Math.Max(k - outer.Mean, 0.05 * Math.Min(k, outer.Mirror().Mean))), -600, 600);
        var (log, density) = UnimodalIntegral.Logs(tail, guess, Math.Min(1, Math.Sqrt((1 / outer.A) + (1 / outer.B))));
        if (isWhole || !overX) return (log, density);
        // X beyond ρ is certainly above.
        var certain = IncompleteBeta.LogTails(outer.A, outer.B, k, rest).Upper;
        double high = Math.Max(log, certain), low = Math.Min(log, certain);
        return (double.IsNegativeInfinity(low) ? high : high + Elementary.LogOnePlus(Math.Exp(low - high)), density);
    }

    /// <inheritdoc/>
    public (double First, double Second) At(double v)
    {
        double share = Beta.Logistic(v), other = Beta.Logistic(-v);
        double outside = (_length < 1 ? _rest : 0) + (_length * other), z = _part * share, beyond = (_part < 1 ? _rest : 0) + (_part * other);
        var outer = _outer.LogKernel(_length * share, outside) - Math.Log(outside) + Math.Log(other);
        var (lower, upper) = IncompleteBeta.LogTails(_inner.A, _inner.B, z, beyond);
        return (outer + (_isAbove ? upper : lower), outer + _inner.LogKernel(z, beyond) - Math.Log(beyond));
    }
}
