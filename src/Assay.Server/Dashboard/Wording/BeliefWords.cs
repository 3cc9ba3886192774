using Assay.Analysis.Designs;
using Assay.Analysis.Wording;
using Assay.Server.Dashboard.Believing;

namespace Assay.Server.Dashboard.Wording;

/// <summary>Posteriors, told.</summary>
internal static class BeliefWords
{
    private static readonly Texts Text = Texts.Of(typeof(BeliefWords));

    public static string Title => Text.Get();
    public static string Link => Text.Get();
    public static string Short => Text.Get();
    public static string Note => Text.Get();
    public static string None => Text.Get();
    public static string NoCurve => Text.Get();
    public static string Higher => Text.Get();
    public static string Better => Text.Get();
    public static string LossTreatment => Text.Get();
    public static string LossControl => Text.Get();
    public static string Relative => Text.Get();
    public static string Table => Text.Get();
    public static string Density => Text.Get();

    public static string Prior(MetricType type) => Text.Get(type == MetricType.Binary ? "Prior.binary" : "Prior.mean");

    public static string DirectionOf(Direction direction) => Text.Case(nameof(DirectionOf), direction);

    public static string Credible(double alpha) => Text.Format(nameof(Credible), Figures.Share(1 - alpha));

    /// <summary>The curve for who does not see it.</summary>
    internal static string Aloud(BeliefSheet belief) => belief.Posterior is { Credible: var credible }
        ? Text.Format(
            nameof(Aloud),
            belief.Row.Metric,
            NumbersWords.Against(belief.Row.Treatment, belief.Row.Control),
            Figures.Change(credible.Lower),
            Figures.Change(credible.Upper),
            Figures.Probability(belief.Block.ProbabilityTreatmentBeatsControl))
        : NoCurve;
}
