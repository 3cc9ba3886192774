namespace Assay.Statistics.Tests;

/// <summary>Which function answers which golden method.</summary>
internal static class GoldenAnswers
{
    public static readonly IReadOnlyDictionary<string, Func<Given, object>> ByMethod = new Dictionary<string, Func<Given, object>>(StringComparer.Ordinal)
    {
        ["normal_distribution"] = DistributionAnswers.Normal,
        ["t_distribution"] = DistributionAnswers.StudentT,
        ["chi2_distribution"] = DistributionAnswers.ChiSquared,
        ["beta_distribution"] = DistributionAnswers.Beta,
        ["two_proportion_test"] = TwoArmAnswers.TwoProportions,
        ["welch_t_test"] = TwoArmAnswers.Welch,
        ["relative_lift_delta"] = TwoArmAnswers.RelativeDelta,
        ["relative_lift_fieller"] = TwoArmAnswers.RelativeFieller,
        ["tost_equivalence"] = TwoArmAnswers.Equivalence,
        ["streaming_moments"] = TwoArmAnswers.Moments,
        ["msprt"] = AnytimeAnswers.MixtureTest,
        ["gavi_normal_mixture"] = AnytimeAnswers.Mixture,
        ["asymptotic_confidence_sequence"] = AnytimeAnswers.Asymptotic,
        ["srm_chi_square"] = AnytimeAnswers.SampleRatioFixed,
        ["srm_sequential"] = AnytimeAnswers.SampleRatioSequential,
        ["beta_binomial_prob_b_beats_a"] = BayesAnswers.Probability,
        ["beta_binomial_expected_loss"] = BayesAnswers.Loss,
        ["beta_binomial_credible_interval"] = BayesAnswers.Credible,
        ["normal_posterior"] = BayesAnswers.NormalPosterior,
        ["cuped_two_sample_summary"] = CovariateAnswers.Summary,
        ["cuped_two_sample_raw"] = CovariateAnswers.Raw,
        ["cuped_multi_covariate"] = CovariateAnswers.ManyCovariates,
        ["cuped_missing_preperiod"] = CovariateAnswers.Missing,
        ["cuped_ratio_metric"] = CovariateAnswers.RatioMetric,
        ["ratio_delta_method"] = CovariateAnswers.Ratio,
        ["p_value_adjustment"] = PlanningAnswers.AdjustedPValues,
        ["power_curves"] = PlanningAnswers.Power,
        ["sample_size_two_proportions"] = PlanningAnswers.ProportionSize,
        ["sample_size_means"] = PlanningAnswers.MeanSize,
        ["mde_inversion"] = PlanningAnswers.Detectable,
        ["experiment_design"] = PlanningAnswers.Design,
        ["noncentral_t_cdf"] = PlanningAnswers.NoncentralT,
    };
}
