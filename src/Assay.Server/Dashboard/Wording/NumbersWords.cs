using System.Collections.Immutable;
using Assay.Analysis.Derivations;
using Assay.Analysis.Designs;
using Assay.Analysis.Wording;

namespace Assay.Server.Dashboard.Wording;

/// <summary>How numbers came about, told.</summary>
internal static class NumbersWords
{
    private static readonly Texts Text = Texts.Of(typeof(NumbersWords));

    public static string Title => Text.Get();
    public static string Link => Text.Get();
    public static string None => Text.Get();
    public static string Note => Text.Get();
    public static string Again => Text.Get();
    public static string Locked => Text.Get();
    public static string RatioNote => Text.Get();
    public static string QuantityHead => Text.Get();
    public static string FormulaHead => Text.Get();
    public static string ValueHead => Text.Get();

    /// <summary>With the place {0} of the command.</summary>
    public static string Verify => Text.Get();

    public static string Shown(string relative, string relativeInterval, string absolute, string absoluteInterval) => Text.Format(nameof(Shown), relative, relativeInterval, absolute, absoluteInterval);

    public static string Against(string treatment, string control) => Text.Format(nameof(Against), treatment, control);

    /// <summary>Whose a quantity is by the index of its symbol: an arm's, and of which column of the covariates.</summary>
    public static string? Arm(string index, ImmutableArray<string> covariates)
    {
        var parts = index.Split(',');
        var arm = parts[^1] switch { "c" => Text.Get("Arm.control"), "t" => Text.Get("Arm.treatment"), _ => null };
        var columns = parts.Length > 1 || arm is null ? Columns(parts[0], covariates) : null;
        return (columns, arm) switch { (null, _) => arm, (_, null) => columns, _ => Text.Format("Arm.of_columns", columns, arm) };
    }

    public static string Of(DerivationKind kind) => Text.Case("Kind", kind);

    public static string NoteOf(DerivationKind kind, Design design) => kind == DerivationKind.Adjusted
        ? Text.Format("NoteOf.Adjusted", Lists.Listed(design.Metrics.Covariates.Select((covariate, index) => Text.Format("Numbered", Figures.Count((2 * index) + 1), covariate.Name))))
        : Text.Case(nameof(NoteOf), kind);

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
    public static string Source(Quantity quantity) => Text.Get(quantity switch
    {
        Quantity.Alpha or Quantity.Baseline or Quantity.DeclaredDeviation or Quantity.Margin or Quantity.Sign or Quantity.Guardrails or Quantity.Level or Quantity.Share => "Source.design",
        Quantity.PlannedUnits => "Source.plan",
        Quantity.FamilySize => "Source.family",
        Quantity.Rank or Quantity.AdjustedBefore or Quantity.HolmStep => "Source.holm",
        Quantity.Look or Quantity.InformationFraction or Quantity.Bound or Quantity.MeanError => "Source.look",
        Quantity.Concentration or Quantity.AlarmLevel => "Source.fixed",
        Quantity.Theta => "Source.solved",
        Quantity.LogEvidence or Quantity.PValue or Quantity.ProbabilityHigher or Quantity.Lower or Quantity.Upper or Quantity.RelativeLower or Quantity.RelativeUpper or Quantity.FinalEffect => "Source.unclosed",
        Quantity.DegreesOfFreedom => "Source.arms",
        _ => "Source.measured",
    });

    public static string Of(Quantity quantity) => Text.Case("Quantity", quantity);

    /// <summary>A quantity, and whose it is where it is somebody's.</summary>
    public static string Of(Quantity quantity, string? owner) => owner is null ? Of(quantity) : Text.Format("Owned", Of(quantity), owner);

    /// <summary>Columns by their digits: odd ones are covariates, each followed by whether it is missing; y is the metric.</summary>
    private static string? Columns(string index, ImmutableArray<string> covariates)
    {
        if (!index.All(letter => letter == 'y' || char.IsAsciiDigit(letter))) return null;
        var columns = index.Select(letter => letter == 'y' ? Text.Get("Column.metric") : Column(letter - '0', covariates)).ToList();
        return columns.Contains(null) ? null : string.Join(" × ", columns);
    }

    private static string? Column(int column, ImmutableArray<string> covariates) =>
        column < 1 || (column - 1) / 2 >= covariates.Length ? null : column % 2 == 1 ? covariates[(column - 1) / 2] : Text.Format("Column.missing", covariates[(column - 1) / 2]);
}
