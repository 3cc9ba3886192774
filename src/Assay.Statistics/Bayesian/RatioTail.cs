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
        double logShare = -SoftPlus(-v), logOther = -SoftPlus(v);
        var at = Place.Of(_length, _rest, logShare, logOther);
        var inner = Place.Of(_part, _rest, logShare, logOther);
        var outer = at.LogKernel(_outer) + logOther - at.LogRest;
        var (lower, upper) = inner.LogTails(_inner);
        return (outer + (_isAbove ? upper : lower), outer + inner.LogKernel(_inner) - inner.LogRest);
    }

    /// <summary>ln(1 + eᵛ).</summary>
    private static double SoftPlus(double v) => Math.Max(v, 0) + Elementary.LogOnePlus(Math.Exp(-Math.Abs(v)));

    /// <summary>A point of (0, 1) and its complement with their logarithms, which go on where the numbers underflow.</summary>
    private readonly record struct Place(double Share, double Rest, double LogShare, double LogRest)
    {
        /// <summary>From here on a Beta density is a power to all digits.</summary>
        private const double Lowest = -600;

        public static Place Of(double length, double rest, double logShare, double logOther)
        {
            double share = length * Math.Exp(logShare), complement = (length < 1 ? rest : 0) + (length * Math.Exp(logOther));
            return new Place(share, complement, Math.Log(length) + logShare, length < 1 ? Math.Log(complement) : logOther);
        }

        public double LogKernel(BetaShapes shapes) =>
            LogShare < Lowest ? (shapes.A * LogShare) - LogGamma.Beta(shapes.A, shapes.B)
            : LogRest < Lowest ? (shapes.B * LogRest) - LogGamma.Beta(shapes.A, shapes.B)
            : shapes.LogKernel(Share, Rest);

        public (double Lower, double Upper) LogTails(BetaShapes shapes)
        {
            if (LogShare >= Lowest && LogRest >= Lowest) return IncompleteBeta.LogTails(shapes.A, shapes.B, Share, Rest);
            // Never above 0, by a last bit.
            var small = Math.Min(0, LogKernel(shapes) - Math.Log(LogShare < Lowest ? shapes.A : shapes.B));
            var large = Elementary.LogOneMinusExp(small);
            return LogShare < Lowest ? (small, large) : (large, small);
        }
    }
}
