using System.Collections.Immutable;
using System.Globalization;
using Assay.Analysis.Derivations;
using Assay.Analysis.Designs;

namespace Assay.Server.Dashboard.Wording;

/// <summary>How numbers came about, told.</summary>
internal static class NumbersWords
{
    public const string Title = "How this was computed";
    public const string Link = "every step with its numbers";
    public const string None = "Nothing is measured yet: steps are shown once the experiment has started.";
    public const string Note = "Every formula with the numbers that were put into it. A number is rounded for reading; all its digits stand under it and in its title.";
    public const string Again = "To compute it again";
    public const string Verify = "from raw events:";
    public const string Shown = "The page shows";
    public const string Locked = "Nothing may be read of it yet: the planned units have not all completed.";
    public const string RatioNote = "Exposed units of the primary metric against the frozen split. The sequential test may be read at every look; χ² is for reference.";
    public const string QuantityHead = "Quantity";
    public const string FormulaHead = "Formula, and with the numbers";
    public const string ValueHead = "Value";

    public static string Against(string treatment, string control) => $"{treatment} against {control}";

    /// <summary>Whose a quantity is by the index of its symbol: an arm's, and of which column of the covariates.</summary>
    public static string? Arm(string index, ImmutableArray<string> covariates)
    {
        var parts = index.Split(',');
        var arm = parts[^1] switch { "c" => "control", "t" => "treatment", _ => null };
        var columns = parts.Length > 1 || arm is null ? Columns(parts[0], covariates) : null;
        return (columns, arm) switch { (null, _) => arm, (_, null) => columns, _ => $"{columns}, {arm}" };
    }

    public static string Of(DerivationKind kind) => kind switch
    {
        DerivationKind.Completed => "Moments of the completed units",
        DerivationKind.Effect => "Effect",
        DerivationKind.Mixture => "Decision: normal mixture, valid at every look",
        DerivationKind.ExactSequence => "Decision: exact sequence of two proportions",
        DerivationKind.PlannedTest => "Decision: fixed test of the planned units",
        DerivationKind.Look => "Decision: the last recorded look",
        DerivationKind.Posterior => "Posterior, for reference",
        DerivationKind.Guardrail => "Guardrail: non-inferiority",
        DerivationKind.Adjusted => "Adjusted by covariates, for reference",
        _ => "All exposed units: fixed test, for reference",
    };

    public static string NoteOf(DerivationKind kind, Design design) => kind switch
    {
        DerivationKind.Completed => "Units whose whole window is over.",
        DerivationKind.Effect => "Treatment minus control; the arms are independent, so that variances add.",
        DerivationKind.Mixture => "τ² is fixed by design and plan. The p-value and the interval are the current ones. W is Lambert’s function, the branch below −1.",
        DerivationKind.ExactSequence => "E(δ) is the least evidence against any pair of shares that differ by δ. It has no closed formula; the ends solve the equation.",
        DerivationKind.PlannedTest => "The units that matured until both arms had their planned sizes; later ones do not move it. V(δ) is the variance at the likeliest shares that differ by δ.",
        DerivationKind.Look => "As it was recorded. While the test goes on the interval is the repeated one; once it has ended the stage-wise ordering speaks, which has no closed formula.",
        DerivationKind.Posterior => "Under a flat prior. A posterior is no error rate.",
        DerivationKind.Guardrail => "Safe where the lower bound of the slack is above 0; harm where the two-sided interval lies on the undesired side. w solves its equation.",
        DerivationKind.Adjusted => $"Columns, each followed by whether it is missing: {string.Join(", ", design.Metrics.Covariates.Select((covariate, index) => string.Create(CultureInfo.InvariantCulture, $"{(2 * index) + 1} is {covariate.Name}")))}. θ minimises the variance of the difference.",
        _ => "Every unit with its value so far, at the uncorrected α. V(δ) is the variance at the likeliest shares that differ by δ.",
    };

    /// <summary>The page of the documentation that explains it.</summary>
    public static string Page(DerivationKind kind, MetricType type) => kind switch
    {
        DerivationKind.Completed => "docs/methods/moments-and-estimates.md",
        DerivationKind.Effect => "docs/methods/relative-lift.md",
        DerivationKind.Mixture or DerivationKind.ExactSequence => "docs/methods/always-valid.md",
        DerivationKind.Look => "docs/methods/group-sequential.md",
        DerivationKind.Posterior => "docs/methods/bayesian.md",
        DerivationKind.Guardrail => "docs/methods/non-inferiority-and-equivalence.md",
        DerivationKind.Adjusted => "docs/methods/covariate-adjustment.md",
        _ => type == MetricType.Binary ? "docs/methods/two-proportions.md" : "docs/methods/two-means.md",
    };

    /// <summary>Where a quantity without a formula comes from.</summary>
    public static string Source(Quantity quantity) => quantity switch
    {
        Quantity.Alpha or Quantity.Baseline or Quantity.DeclaredDeviation or Quantity.Margin or Quantity.Sign or Quantity.Guardrails or Quantity.Level or Quantity.Share => "by the design",
        Quantity.PlannedUnits => "by the plan",
        Quantity.FamilySize => "primaries × treatments; 1 where the metric stands alone",
        Quantity.Rank or Quantity.AdjustedBefore or Quantity.HolmStep => "by Holm’s procedure over the family",
        Quantity.Look or Quantity.InformationFraction or Quantity.Bound or Quantity.MeanError => "recorded with the look",
        Quantity.Concentration or Quantity.AlarmLevel => "fixed for every experiment",
        Quantity.Theta => "solves the normal equations of both arms",
        Quantity.LogEvidence or Quantity.PValue or Quantity.ProbabilityHigher or Quantity.Lower or Quantity.Upper or Quantity.RelativeLower or Quantity.RelativeUpper or Quantity.FinalEffect => "no closed formula",
        Quantity.DegreesOfFreedom => "arms with a share, less one",
        _ => "measured",
    };

    public static string Of(Quantity quantity) => quantity switch
    {
        Quantity.Units => "Units",
        Quantity.Converted => "Converted",
        Quantity.Mean => "Mean",
        Quantity.SquaredDeviations => "Squared deviations from the mean, summed",
        Quantity.UnitVariance => "Variance of a unit’s value",
        Quantity.MeanVariance => "Variance of the mean",
        Quantity.MeanError => "Standard error of the mean",
        Quantity.Effect => "Effect",
        Quantity.EffectVariance => "Variance of the effect",
        Quantity.StandardError => "Standard error",
        Quantity.RelativeEffect => "Relative effect",
        Quantity.Alpha => "Error rate",
        Quantity.FamilySize => "Comparisons corrected together",
        Quantity.TuningLevel => "Even share of the error rate",
        Quantity.PlannedUnits => "Planned units",
        Quantity.Baseline => "Declared baseline",
        Quantity.DeclaredDeviation => "Declared standard deviation",
        Quantity.DeclaredVariance => "Declared variance of a unit’s value",
        Quantity.PlannedVariance => "Variance of the effect at the planned size",
        Quantity.MixtureVariance => "Variance of the mixture",
        Quantity.LogEvidence => "Evidence, as a logarithm",
        Quantity.PValue => "p-value",
        Quantity.Rank => "Its rank in the family",
        Quantity.AdjustedBefore => "Adjusted p-value of the rank before",
        Quantity.AdjustedPValue => "Adjusted p-value",
        Quantity.HolmStep => "Steps before it",
        Quantity.Level => "Level of the interval",
        Quantity.HalfWidth => "Half-width",
        Quantity.Lower => "Lower end",
        Quantity.Upper => "Upper end",
        Quantity.Multiplier => "Standard errors to each side",
        Quantity.FiellerSquare => "Fieller: square term, an interval where above 0",
        Quantity.FiellerMiddle => "Fieller: middle term",
        Quantity.FiellerDiscriminant => "Fieller: under the root",
        Quantity.RelativeLower => "Relative, lower end",
        Quantity.RelativeUpper => "Relative, upper end",
        Quantity.PooledShare => "Share of both arms together",
        Quantity.NullError => "Standard error without an effect",
        Quantity.Statistic => "Test statistic",
        Quantity.DegreesOfFreedom => "Degrees of freedom",
        Quantity.Look => "Look",
        Quantity.InformationFraction => "Share of the planned information",
        Quantity.Bound => "Bound of |z|",
        Quantity.FinalEffect => "Median-unbiased effect",
        Quantity.PosteriorA => "Beta posterior, first",
        Quantity.PosteriorB => "Beta posterior, second",
        Quantity.ProbabilityHigher => "Probability that the treatment is higher",
        Quantity.Margin => "Margin, of the control mean",
        Quantity.Sign => "Desired direction",
        Quantity.ControlFactor => "Weight of the control mean",
        Quantity.Slack => "Slack",
        Quantity.SlackVariance => "Variance of the slack",
        Quantity.SlackLower => "Lower bound of the slack",
        Quantity.Guardrails => "Guardrails",
        Quantity.HarmLevel => "Level to show harm",
        Quantity.CovariateMean => "Mean of a column",
        Quantity.CrossDeviations => "Products of deviations, summed",
        Quantity.Theta => "Coefficient",
        Quantity.TreatmentShare => "The treatment’s share of the units",
        Quantity.AdjustedMean => "Adjusted mean",
        Quantity.AdjustedVariance => "Variance of the adjusted mean",
        Quantity.TotalUnits => "Units in all",
        Quantity.Share => "Share by the split",
        Quantity.ExpectedUnits => "Expected units",
        Quantity.ChiSquare => "χ²",
        Quantity.Concentration => "Concentration of the prior",
        _ => "Alarm at p of at most",
    };

    /// <summary>Columns by their digits: odd ones are covariates, each followed by whether it is missing; y is the metric.</summary>
    private static string? Columns(string index, ImmutableArray<string> covariates)
    {
        if (!index.All(letter => letter == 'y' || char.IsAsciiDigit(letter))) return null;
        var columns = index.Select(letter => letter == 'y' ? "the metric" : Column(letter - '0', covariates)).ToList();
        return columns.Contains(null) ? null : string.Join(" × ", columns);
    }

    private static string? Column(int column, ImmutableArray<string> covariates) =>
        column < 1 || (column - 1) / 2 >= covariates.Length ? null : column % 2 == 1 ? covariates[(column - 1) / 2] : $"{covariates[(column - 1) / 2]} missing";
}
