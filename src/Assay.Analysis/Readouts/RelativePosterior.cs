using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Readouts;

/// <summary>The posterior of a relative effect as a curve: Beta(1, 1) priors for a binary metric, flat normal ones otherwise, as in the readout's Bayesian block. For reference: it is no error rate.</summary>
/// <param name="Points">Effects in even steps with their density, the lowest first.</param>
/// <param name="Credible">Equal-tailed credible interval of the relative effect at 1 − α.</param>
public sealed record RelativePosterior(ImmutableArray<PosteriorPoint> Points, Interval Credible)
{
    /// <summary>Steps of the curve, so many that the ends of the credible interval are among them.</summary>
    private const int Steps = 176;

    /// <summary>Nodes over the control's share, of which the integrand has died out at both ends.</summary>
    private const int Nodes = 480;

    /// <summary>How far the curve reaches beyond the credible interval, in widths of it.</summary>
    private const double Beyond = 0.6;

    /// <summary>A control mean this many standard errors from 0 has a sign, as far as a picture can show.</summary>
    private const double LeastZ = 4;

    /// <summary>The posterior of (t − c) ÷ |c|.</summary>
    /// <param name="type">Type of the metric.</param>
    /// <param name="control">The control's units.</param>
    /// <param name="treatment">The treatment's units.</param>
    /// <param name="alpha">1 − α is the probability of the credible interval; in (0, 1).</param>
    /// <returns><see cref="Reason.NoUnits"/> or <see cref="Reason.TooFewUnits"/> without enough units, <see cref="Reason.NoVariance"/> where neither arm varies, and <see cref="Reason.ZeroBaseline"/> where the control's mean may be 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">α outside (0, 1).</exception>
    public static Outcome<RelativePosterior> Of(MetricType type, ArmReadout control, ArmReadout treatment, double alpha)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        if (!(alpha is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "In (0, 1).");
        return type == MetricType.Binary ? OfShares(control, treatment, alpha) : OfMeans(control, treatment, alpha);
    }

    private static Outcome<RelativePosterior> OfShares(ArmReadout control, ArmReadout treatment, double alpha)
    {
        if (control.ExposedUsers == 0 || treatment.ExposedUsers == 0) return Reason.NoUnits;
        var lift = Bayes.ProportionLift(control.ConvertedUsers, control.ExposedUsers, treatment.ConvertedUsers, treatment.ExposedUsers, alpha);
        if (!lift.TryGet(out var credible)) return lift.Reason;
        if (!double.IsFinite(credible.Upper) || credible.Upper <= credible.Lower) return Reason.ZeroBaseline;
        var (c, t) = (new Share(control), new Share(treatment));
        return Draw(credible, Math.Max(-1, credible.Lower - (Beyond * (credible.Upper - credible.Lower))), effect => c.Over(t, 1 + effect));
    }

    /// <summary>Two normal means: P(t &gt; ρc) = Φ((m_t − ρm_c)/√(V_t + ρ²V_c)) where the control has a sign, of which the derivative is the density (Hinkley 1969) and the quantiles are Fieller's ends.</summary>
    private static Outcome<RelativePosterior> OfMeans(ArmReadout control, ArmReadout treatment, double alpha)
    {
        if (control is not { Mean: { } c, Std: { } cs } || treatment is not { Mean: { } t, Std: { } ts }) return control.ExposedUsers == 0 || treatment.ExposedUsers == 0 ? Reason.NoUnits : Reason.TooFewUnits;
        double vc = cs * cs / control.ExposedUsers, vt = ts * ts / treatment.ExposedUsers;
        if (!(vc + vt > 0)) return Reason.NoVariance;
        if (!(Math.Abs(c) > LeastZ * Math.Sqrt(vc))) return Reason.ZeroBaseline;
        var ends = Effect.RelativeFiellerAt(new Estimate(c, vc, double.PositiveInfinity), new Estimate(t, vt, double.PositiveInfinity), Normal.TwoSidedCritical(alpha));
        if (!ends.TryGet(out var credible)) return ends.Reason;
        var (size, other, sign) = (Math.Abs(c), Math.Sign(c) * t, Math.Sign(c));
        return Draw(credible, credible.Lower - (Beyond * (credible.Upper - credible.Lower)), effect =>
        {
            var ratio = 1 + (sign * effect);
            var variance = vt + (ratio * ratio * vc);
            return Normal.Density(((ratio * size) - other) / Math.Sqrt(variance)) * ((size * vt) + (ratio * other * vc)) / variance / Math.Sqrt(variance);
        });
    }

    private static RelativePosterior Draw(Interval credible, double from, Func<double, double> density)
    {
        var to = credible.Upper + (Beyond * (credible.Upper - credible.Lower));
        return new RelativePosterior([.. Enumerable.Range(0, Steps + 1).Select(step => from + ((to - from) * step / Steps)).Select(effect => new PosteriorPoint(effect, density(effect)))], credible);
    }

    /// <summary>The posterior of a share under a Beta(1, 1) prior.</summary>
    private readonly struct Share
    {
        private readonly double _a;
        private readonly double _b;
        private readonly double _top;
        private readonly double _from;
        private readonly double _to;
        private readonly double _mass;

        public Share(ArmReadout arm)
        {
            (_a, _b) = (arm.ConvertedUsers, arm.ExposedUsers - arm.ConvertedUsers);
            var n = _a + _b;
            double mean = (_a + 1) / (n + 2), deviation = Math.Sqrt(mean * (1 - mean) / (n + 3));
            (_from, _to) = (Math.Max(0, mean - (10 * deviation)), Math.Min(1, mean + (14 * deviation)));
            _top = Log(n == 0 ? 0.5 : Math.Clamp(_a / n, 0, 1));
            _mass = 1;
            double mass = 0;
            for (var i = 0; i < Nodes; i++) mass += At(Node(i));
            _mass = mass * (_to - _from) / Nodes;
        }

        /// <summary>Density of t ÷ this at a ratio: ∫ u·f_t(ρu)·f_c(u) du.</summary>
        public double Over(Share treatment, double ratio)
        {
            double sum = 0;
            for (var i = 0; i < Nodes; i++)
            {
                var u = Node(i);
                sum += u * treatment.At(ratio * u) * At(u);
            }

            return sum * (_to - _from) / Nodes;
        }

        private double Node(int i) => _from + ((_to - _from) * (i + 0.5) / Nodes);

        private double At(double share) => share is < 0 or > 1 ? 0 : Math.Exp(Log(share) - _top) / _mass;

        private double Log(double share) => Times(_a, Math.Log(share)) + Times(_b, Math.Log(1 - share));

        /// <summary>Nothing of an infinity is nothing.</summary>
        private static double Times(double count, double log) => count == 0 ? 0 : count * log;
    }
}

/// <summary>A point of a posterior's curve.</summary>
/// <param name="Effect">Relative effect: 0.1 is ten percent more.</param>
/// <param name="Density">Posterior density there.</param>
public readonly record struct PosteriorPoint(double Effect, double Density);
