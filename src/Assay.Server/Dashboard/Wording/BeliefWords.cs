using Assay.Analysis.Designs;
using Assay.Server.Dashboard.Believing;

namespace Assay.Server.Dashboard.Wording;

/// <summary>Posteriors, told.</summary>
internal static class BeliefWords
{
    public const string Title = "Posterior";
    public const string Link = "posterior";
    public const string Short = "for reference, all exposed units so far";
    public const string Note = "For reference only: how plausible each relative effect is, given all exposed units so far and a flat prior. A posterior is no error rate, reading it early makes no promise, and the verdict reads none of it.";
    public const string None = "Nothing is measured yet.";
    public const string NoCurve = "There is no curve: too few units, nothing that varies, or a control that may be 0, to which nothing is relative.";
    public const string Higher = "P(treatment higher)";
    public const string Better = "P(treatment better)";
    public const string LossTreatment = "Expected loss of choosing the treatment";
    public const string LossControl = "Expected loss of choosing the control";
    public const string Relative = "relative";
    public const string Table = "The curve as numbers";
    public const string Density = "Density, of its highest";

    public static string Prior(MetricType type) => type == MetricType.Binary
        ? "Shares under Beta(1, 1) priors. Dark: the credible interval, with α/2 beyond each end."
        : "Means under flat normal priors. Dark: the credible interval, with α/2 beyond each end.";

    public static string DirectionOf(Direction direction) => direction == Direction.Increase ? "Higher is better." : "Lower is better.";

    public static string Credible(double alpha) => $"{Figures.Share(1 - alpha)} credible interval";

    /// <summary>The curve for who does not see it.</summary>
    internal static string Aloud(BeliefSheet belief) => belief.Posterior is { Credible: var credible }
        ? $"{belief.Row.Metric}, {NumbersWords.Against(belief.Row.Treatment, belief.Row.Control)}: credible interval {Figures.Change(credible.Lower)} to {Figures.Change(credible.Upper)}, higher with probability {Figures.Probability(belief.Block.ProbabilityTreatmentBeatsControl)}. {Title}, {Short}."
        : NoCurve;
}
