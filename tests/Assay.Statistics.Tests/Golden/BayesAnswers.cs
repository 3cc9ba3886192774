using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests;

internal static class BayesAnswers
{
    public static object Probability(Given g)
    {
        var (b, a) = Comparison(g).Probabilities();
        return new { prob_b_beats_a = b, prob_a_beats_b = a };
    }

    public static object Loss(Given g)
    {
        double a1 = g.Number("alpha_a"), b1 = g.Number("beta_a"), a2 = g.Number("alpha_b"), b2 = g.Number("beta_b");
        var (chooseA, chooseB) = Comparison(g).Losses();
        return new
        {
            loss_choose_a = chooseA,
            loss_choose_b = chooseB,
            uplift = (a2 / (a2 + b2)) - (a1 / (a1 + b1)),
            expected_lift = a1 > 1 ? (a2 / (a2 + b2) * (a1 + b1 - 1) / (a1 - 1)) - 1 : (double?)null,
        };
    }

    public static object Credible(Given g)
    {
        double a1 = g.Number("alpha_a"), b1 = g.Number("beta_a"), a2 = g.Number("alpha_b"), b2 = g.Number("beta_b"), tail = g.Number("alpha") / 2;
        var comparison = Comparison(g);
        var lift = comparison.Lift(2 * tail);
        return new
        {
            a_lower = Beta.Quantile(tail, a1, b1),
            a_upper = Beta.InverseSurvival(tail, a1, b1),
            b_lower = Beta.Quantile(tail, a2, b2),
            b_upper = Beta.InverseSurvival(tail, a2, b2),
            diff_lower = comparison.LowerEnd(tail),
            diff_upper = comparison.UpperEnd(tail),
            lift_lower = lift.Lower,
            lift_upper = lift.Upper,
        };
    }

    public static object NormalPosterior(Given g)
    {
        double alpha = g.Number("alpha"), rope = g.Number("rope", 0);
        var effect = new Estimate(g.Number("estimate"), g.Number("se") * g.Number("se"), double.PositiveInfinity);
        Estimate? prior = g.Has("prior_var") ? new Estimate(g.Number("prior_mean", 0), g.Number("prior_var"), double.PositiveInfinity) : null;
        var posterior = Statistics.NormalPosterior.Of(effect, prior).Value;
        var comparison = Bayes.Means(effect, alpha, prior).Value;
        double m = posterior.Value, s = posterior.StandardError;
        var (below, inside, above) = Statistics.NormalPosterior.Region(posterior, rope);
        return new
        {
            post_mean = m,
            post_sd = s,
            prob_positive = comparison.ProbabilityTreatmentBeatsControl,
            prob_negative = comparison.ProbabilityControlBeatsTreatment,
            ln_prob_negative = Normal.LogSurvival(m / s),
            ci_lower = comparison.Credible.Lower,
            ci_upper = comparison.Credible.Upper,
            loss_choose_treatment = comparison.ExpectedLossTreatment,
            loss_choose_control = comparison.ExpectedLossControl,
            prob_rope = inside,
            prob_above_rope = above,
            prob_below_rope = below,
        };
    }

    private static BetaComparison Comparison(Given g) => new(g.Number("alpha_a"), g.Number("beta_a"), g.Number("alpha_b"), g.Number("beta_b"));
}
