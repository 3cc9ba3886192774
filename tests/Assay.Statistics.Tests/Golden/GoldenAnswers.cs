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
    };
}
