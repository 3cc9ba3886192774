using System.Collections.Immutable;
using System.Globalization;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Coverage;

/// <summary>Variance reduction by what is known before exposure.</summary>
internal static class CovariateStudies
{
    private const double Alpha = 0.05;
    private const double Effect = 0.1;

    private delegate Outcome<AdjustedArms> Convention(JointMoments control, JointMoments treatment);

    public static ImmutableArray<Simulation> All { get; } = [Reduction(0.3), Reduction(0.5), Reduction(0.7), Reduction(0.9), Freedman(), Lift(), MissingPeriod.Study];

    /// <summary>Equal arms: all four conventions are one, and save ρ².</summary>
    private static Simulation Reduction(double correlation)
    {
        const int units = 1000;
        var left = (1 - correlation) * (1 + correlation);
        var name = string.Create(CultureInfo.InvariantCulture, $"{correlation:0.0}");
        return Simulation.Of(
            $"coverage/cuped-{name}",
            $"A covariate of correlation {name}",
            "1,000 units an arm of variance 1, an effect of 0.1.",
            20_000,
            4_000,
            draws => (Control: draws.Regression(units, 0, correlation, Math.Sqrt(left)), Treatment: draws.Regression(units, Effect, correlation, Math.Sqrt(left))),
            [
                new("reduction", "reported variance over the unadjusted", new Claim.Expectation(left, 0.003), "1 − ρ² (Deng et al. 2013)", sample => 1 - CovariateAdjustment.Optimal(sample.Control, sample.Treatment).Value.VarianceReduction),
                new("error", "squared error over the unadjusted variance", new Claim.Expectation(left, 0.03 * left), "1 − ρ²", sample => Square(Estimate(sample, CovariateAdjustment.Optimal).Value - Effect) * units / 2),
                new("bias", "estimate", new Claim.Expectation(Effect), "unbiased", sample => Estimate(sample, CovariateAdjustment.Optimal).Value),
                new("p", "mean p-value without an effect, and their distribution", new Claim.Uniform(), "Kolmogorov's test", sample => FixedHorizon.Infer(Estimate(sample, CovariateAdjustment.Optimal) is var e ? e with { Value = e.Value - Effect } : e, Alpha).Value.PValue),
                .. Conventions((sample, convention) => Estimate(sample, convention), 0.003),
            ]);
    }

    /// <summary>Unequal arms with opposite slopes: the pooled slope harms (Freedman 2008).</summary>
    private static Simulation Freedman()
    {
        const double noise = 0.5196152422706632;
        return Simulation.Of(
            "coverage/cuped-freedman",
            "Arms of 900 and 100 units with opposite slopes",
            "y = ±x plus noise of variance 0.27, slope 1 in the control and −1 in the treatment.",
            20_000,
            4_000,
            draws => (Control: draws.Regression(900, 0, 1, noise), Treatment: draws.Regression(100, Effect, -1, noise)),
            [
                Variance("unadjusted", "unadjusted", 0.0141, (control, treatment) => CovariateAdjustment.With([0], control, treatment)),
                Variance("pooled", "pooled-within", 0.0357, CovariateAdjustment.PooledWithin),
                Variance("optimal", "optimal", 0.0070, CovariateAdjustment.Optimal),
                Variance("separate", "by arm (Lin), with the variance of its slopes", 0.0070, CovariateAdjustment.Separate),
                new("never-worse", "optimal variance above the unadjusted", new Claim.AtMost(0), "by construction", sample => CovariateAdjustment.Optimal(sample.Control, sample.Treatment).Value.VarianceReduction < 0),
                new("pooled-worse", "pooled-within variance above the unadjusted", new Claim.Exceeds(0.5), "Freedman 2008", sample => CovariateAdjustment.PooledWithin(sample.Control, sample.Treatment).Value.VarianceReduction < 0) { IsNaive = true },
                .. Conventions(WithSlopes, 0.006),
            ]);

        static Question<(JointMoments Control, JointMoments Treatment)> Variance(string name, string procedure, double right, Convention convention) => new(
            $"variance/{name}", $"reported variance, {procedure}", new Claim.Expectation(right, 0.0002), "facts of the design", sample => WithSlopes(sample, convention).Variance);
    }

    /// <summary>A relative effect of adjusted means, whose gradient has the covariate's mean in it.</summary>
    private static Simulation Lift()
    {
        const double baseline = 2, lift = 0.05, slope = 0.7;
        return Simulation.Of(
            "coverage/cuped-lift",
            "A lift of adjusted means",
            "1,000 units an arm of variance 1 about 2 and 2.1, a covariate of correlation .7.",
            20_000,
            4_000,
            draws => (Control: draws.Regression(1000, baseline, slope, Math.Sqrt(0.51)), Treatment: draws.Regression(1000, baseline * (1 + lift), slope, Math.Sqrt(0.51))),
            new("adjusted", "interval of the lift over the adjusted control", new Claim.Rate(1 - Alpha, 0.003), "delta method", sample => Covers(AdjustedLift.OfAdjusted(sample.Control, sample.Treatment, CovariateAdjustment.Optimal(sample.Control, sample.Treatment).Value).Value)),
            new("unadjusted", "interval of the lift over the plain control", new Claim.Rate(1 - Alpha, 0.003), "delta method", sample => Covers(AdjustedLift.OverUnadjusted(sample.Control, sample.Treatment, CovariateAdjustment.Optimal(sample.Control, sample.Treatment).Value).Value)));

        static bool Covers(Estimate estimate) => FixedHorizon.Infer(estimate, Alpha).Value.Interval is var ends && ends.Lower <= lift && lift <= ends.Upper;
    }

    private static IEnumerable<Question<(JointMoments Control, JointMoments Treatment)>> Conventions(Func<(JointMoments, JointMoments), Convention, Estimate> estimate, double within)
    {
        yield return Ask("optimal", "θ of least variance", CovariateAdjustment.Optimal);
        yield return Ask("pooled", "θ pooled within arms", CovariateAdjustment.PooledWithin);
        yield return Ask("total", "θ of both arms stacked", CovariateAdjustment.Total);
        yield return Ask("separate", "θ by arm (Lin)", CovariateAdjustment.Separate);

        Question<(JointMoments Control, JointMoments Treatment)> Ask(string name, string procedure, Convention convention) => new(
            $"coverage/{name}", $"interval, {procedure}", new Claim.Rate(1 - Alpha, within), "nominal", sample => FixedHorizon.Infer(estimate(sample, convention), Alpha).Value.Interval is var ends && ends.Lower <= Effect && Effect <= ends.Upper);
    }

    private static Estimate Estimate((JointMoments Control, JointMoments Treatment) sample, Convention convention) =>
        convention(sample.Control, sample.Treatment).Value is var adjusted ? Statistics.Effect.Absolute(adjusted.Control, adjusted.Treatment) : default;

    /// <summary>With what slopes by arm add to the variance, for units that are themselves a sample.</summary>
    private static Estimate WithSlopes((JointMoments Control, JointMoments Treatment) sample, Convention convention)
    {
        var adjusted = convention(sample.Control, sample.Treatment).Value;
        var effect = Statistics.Effect.Absolute(adjusted.Control, adjusted.Treatment);
        return effect with { Variance = effect.Variance + CovariateAdjustment.HeterogeneityVariance(sample.Control, sample.Treatment, adjusted) };
    }

    private static double Square(double x) => x * x;
}
