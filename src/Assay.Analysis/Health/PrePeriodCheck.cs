using Assay.Analysis.Readouts;
using Assay.Statistics;

namespace Assay.Analysis.Health;

/// <summary>Whether the arms were alike before the experiment: covariates, and who has them.</summary>
/// <remarks>
/// Of each covariate and treatment the difference of means, and that of the shares without a value, each by the normal mixture (Robbins 1970; Waudby-Smith et al. 2024, eq. 3) tuned to the planned sizes, from
/// 1,000 units an arm on. The two e-values are averaged, and pairs are adjusted by e-BH (Wang &amp; Ramdas 2022): a rejection at α needs an average of 1/α, and that is an e-process, so that a sound experiment
/// ever sees one with probability α at most. As far as means are normal: asymptotic, and cautious for heavy tails.
/// </remarks>
internal static class PrePeriodCheck
{
    public static HealthCheck Judge(HealthFacts facts)
    {
        const HealthCode code = HealthCode.PrePeriodBalance;
        var covariates = facts.Input.Design.Metrics.Covariates;
        if (covariates.IsEmpty) return Checks.NotApplicable(code, HealthSentences.NoCovariate);
        var arms = facts.Primary.Running;
        var (pairs, evidence) = (new List<CovariateBalance>(), new List<double>());
        foreach (var treatment in arms.Skip(1))
        {
            if (Math.Min(arms[0].Count, treatment.Count) < HealthRules.EnoughForBalance) continue;
            for (var covariate = 0; covariate < covariates.Length; covariate++)
            {
                var (value, missing) = (1 + (2 * covariate), 2 + (2 * covariate));
                pairs.Add(Describe(covariates[covariate].Name, arms[0], treatment, value, missing));
                evidence.Add((Evidence(facts, arms[0], treatment, value) + Evidence(facts, arms[0], treatment, missing)) / 2);
            }
        }

        if (pairs.Count == 0) return Checks.Unknown(code, HealthSentences.BalanceFrom(HealthRules.EnoughForBalance));
        // A pair that does not speak yet has evidence 1, or the family would grow with its arms.
        while (evidence.Count < (arms.Length - 1) * covariates.Length) evidence.Add(1);
        var adjusted = EValues.BenjaminiHochberg([.. evidence]);
        var judged = pairs.Select((pair, index) => pair with { PValueAdjusted = adjusted[index] }).ToList();
        var worst = judged.MinBy(pair => pair.PValueAdjusted)!;
        var status = Checks.StatusOf(worst.PValueAdjusted);
        return Checks.Of(
            code,
            status,
            status == HealthCheckStatus.Ok
                ? HealthSentences.Balanced
                : HealthSentences.Unbalanced(facts.KeyOf(worst.TreatmentIndex), facts.KeyOf(0), worst.Covariate, worst.StandardisedDifference ?? 0, worst.PValueAdjusted),
            new BalanceEvidence { Level = HealthRules.ProblemLevel, Covariates = judged });
    }

    private static CovariateBalance Describe(string covariate, ArmUnits control, ArmUnits treatment, int value, int missing)
    {
        var pooled = Math.Sqrt((control.Joint.Column(value).Variance + treatment.Joint.Column(value).Variance) / 2);
        return new CovariateBalance
        {
            Covariate = covariate,
            TreatmentIndex = treatment.Arm,
            StandardisedDifference = pooled > 0 ? Number.Finite((treatment.Joint.Means[value] - control.Joint.Means[value]) / pooled) : null,
            MissingDifference = treatment.Joint.Means[missing] - control.Joint.Means[missing],
            PValueAdjusted = 1,
        };
    }

    /// <summary>The e-value of equal means of a column; 1 without variance.</summary>
    private static double Evidence(HealthFacts facts, ArmUnits control, ArmUnits treatment, int column)
    {
        double first = control.Joint.Column(column).Variance, second = treatment.Joint.Column(column).Variance;
        var sizes = facts.Input.Sizes;
        double planned = (first / Size(control.Arm)) + (second / Size(treatment.Arm)), variance = (first / control.Count) + (second / treatment.Count);
        var difference = treatment.Joint.Means[column] - control.Joint.Means[column];
        return PlannedVariance.IsSound(planned) && PlannedVariance.IsSound(variance) && double.IsFinite(difference) && Math.Abs(difference) <= 1e150
            ? Math.Exp(AlwaysValid.LogEvidence(difference, variance, AlwaysValid.MixtureVariance(planned, HealthRules.ProblemLevel)))
            : 1;

        double Size(int arm) => sizes.Length == 0 || sizes[arm] <= 0 ? HealthRules.BalanceSharpestAt : sizes[arm];
    }
}
