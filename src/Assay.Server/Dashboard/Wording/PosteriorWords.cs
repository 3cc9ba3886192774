using Assay.Analysis.Designs;
using Assay.Analysis.Wording;
using Assay.Server.Dashboard.Posteriors;

namespace Assay.Server.Dashboard.Wording;

/// <summary>Posteriors, told.</summary>
internal static class PosteriorWords
{
    private static readonly Texts Text = Texts.Of(typeof(PosteriorWords));

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
    internal static string Aloud(PosteriorSheet shown) => shown.Posterior is { Credible: var credible }
        ? Text.Format(
            nameof(Aloud),
            shown.Row.Metric,
            NumbersWords.Against(shown.Row.Treatment, shown.Row.Control),
            Figures.Change(credible.Lower),
            Figures.Change(credible.Upper),
            Figures.Probability(shown.Block.ProbabilityTreatmentBeatsControl))
        : NoCurve;
}
