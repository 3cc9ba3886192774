using Assay.Statistics.Distributions;

namespace Assay.Statistics;

/// <summary>P(X − Y &gt; gap) for two independent Beta variables of any shapes, with the density of X − Y at the gap unless that is 0, both as logarithms.</summary>
/// <remarks>
/// One variable is integrated over the part of its range from 0 to 1 − |gap| where the other is not certain, v being the logit there: so the ends of both ranges, where densities and distribution functions break, are at ±∞.
/// Both values and both complements are sums of positive terms.
/// </remarks>
internal readonly struct DifferenceTail : IPairOfLogs
{
    /// <summary>Below this logit a value is no double, and the density is a power of it.</summary>
    private const double Lowest = -600;

    private readonly BetaShapes _near;
    private readonly BetaShapes _far;
    private readonly double _gap;
    private readonly double _length;
    private readonly bool _isAbove;
    private readonly double _nearScale;
    private readonly double _farScale;

    /// <summary>near ≥ 0 with far = near + gap, and far above it, or below it.</summary>
    private DifferenceTail(BetaShapes near, BetaShapes far, double gap, bool isAbove)
    {
        (_near, _far, _gap, _length, _isAbove) = (near, far, gap, 1 - gap, isAbove);
        (_nearScale, _farScale) = (IncompleteBeta.LogScale(near.A, near.B), IncompleteBeta.LogScale(far.A, far.B));
    }

    /// <summary>ln P(X − Y &gt; gap) and ln of the density, |gap| &lt; 1.</summary>
    public static (double Tail, double Density) Logs(BetaShapes x, BetaShapes y, double gap)
    {
        // Over the narrower variable, so that the other's distribution function is smooth between nodes; 1 − Y and 1 − X have the same difference.
        if (gap >= 0 == x.Variance < y.Variance) (x, y) = (y.Mirror(), x.Mirror());
        return gap >= 0 ? new DifferenceTail(y, x, gap, isAbove: true).Logs() : new DifferenceTail(x, y, -gap, isAbove: false).Logs();
    }

    /// <summary>ln of the integrands of the tail and of the density.</summary>
    public (double First, double Second) At(double v)
    {
        if (v < Lowest) return Power(v);
        if (v > -Lowest && _gap == 0) return (UpperPower(v), double.NegativeInfinity);
        double share = Beta.Logistic(v), other = Beta.Logistic(-v), p = _length * share, q = _length * other, far = p + _gap;
        double outer = IncompleteBeta.LogKernel(_near, p, q + _gap, _nearScale) - Math.Log(_gap + q), kernel = IncompleteBeta.LogKernel(_far, far, q, _farScale);
        var (lower, upper) = IncompleteBeta.LogTails(_far.A, _far.B, far, q, kernel);
        return (outer + Math.Log(other) + (_isAbove ? upper : lower), outer + kernel - Math.Log(far * _length));
    }

    private (double Tail, double Density) Logs()
    {
        double least = 0.05 * Math.Min(_near.Mean, _length), most = _length - (0.05 * Math.Min(_near.Mirror().Mean, _length));
        // The likeliest pair, were both normal.
        var likeliest = _near.Mean + ((_far.Mean - _gap - _near.Mean) * (_near.Variance / (_near.Variance + _far.Variance)));
        var start = Math.Clamp(likeliest, Math.Min(least, most), Math.Max(least, most));
        var (tail, density) = UnimodalIntegral.Logs(this, Math.Log(start / (_length - start)), Math.Min(1, Math.Sqrt((1 / _near.A) + (1 / _near.B))));
        if (_isAbove) return (tail, density);
        // Beyond 1 − gap the far one is certainly below.
        var certain = IncompleteBeta.LogTails(_near.A, _near.B, _length, _gap).Upper;
        double high = Math.Max(tail, certain), low = Math.Min(tail, certain);
        return (double.IsNegativeInfinity(low) ? high : high + Elementary.LogOnePlus(Math.Exp(low - high)), density);
    }

    /// <summary>At the lower end, where the far one stays at the gap, or without one is as near to 0.</summary>
    private (double First, double Second) Power(double v)
    {
        var outer = (_near.A * (v + Math.Log(_length))) - LogGamma.Beta(_near.A, _near.B);
        if (_gap == 0) return (outer + Elementary.LogOneMinusExp((_far.A * v) - Math.Log(_far.A) - LogGamma.Beta(_far.A, _far.B)), double.NegativeInfinity);
        var (lower, upper) = IncompleteBeta.LogTails(_far.A, _far.B, _gap, _length);
        return (outer + (_isAbove ? upper : lower), outer + _far.LogKernel(_gap, _length) - Math.Log(_gap * _length));
    }

    /// <summary>At the upper end, where without a gap both are as near to 1.</summary>
    private double UpperPower(double v) => (-(_near.B + _far.B) * v) - LogGamma.Beta(_near.A, _near.B) - Math.Log(_far.B) - LogGamma.Beta(_far.A, _far.B);
}
