using Assay.Analysis.Readouts;
using Assay.Analysis.Wording;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What a page says of planned looks.</summary>
internal static class LookWords
{
    private static readonly Texts Text = Texts.Of(typeof(LookWords));

    public static string Title => Text.Get();
    public static string Note => Text.Get();
    public static string Hypothesis => Text.Get();
    public static string Taken => Text.Get();
    public static string Information => Text.Get();
    public static string Last => Text.Get();
    public static string Bound => Text.Get();
    public static string Next => Text.Get();
    public static string Outcome => Text.Get();
    public static string Table => Text.Get();
    public static string Look => Text.Get();
    public static string When => Text.Get();
    public static string Z => Text.Get();

    /// <summary>How many stand elsewhere, with the place {0} of the link to them.</summary>
    public static string Before(int count) => Text.Plural(nameof(Before), count, Figures.Count(count), "{0}");

    public static string TakenOf(int taken, int planned) => Text.Format(nameof(TakenOf), Figures.Count(taken), Figures.Count(planned));

    /// <param name="looks">Of one hypothesis, in order.</param>
    /// <param name="planned">How many there are to be.</param>
    public static string OutcomeOf(IReadOnlyList<LookReadout> looks, int planned) => looks switch
    {
        [] => Text.Get("OutcomeOf.none"),
        [.., { Crossed: true } last] => Text.Format("OutcomeOf.crossed", Figures.Count(last.Look)),
        [.., var last] when last.Look >= planned => Text.Get("OutcomeOf.ended"),
        _ => Text.Get("OutcomeOf.open"),
    };

    /// <summary>The chart in a sentence.</summary>
    public static string Aloud(string metric, string treatment, IReadOnlyList<LookReadout> looks, int planned) => looks is [.., var last]
        ? Text.Format(nameof(Aloud), metric, treatment, Figures.Value(last.Z), Figures.Count(last.Look), Figures.Count(planned), Figures.Share(last.InformationFraction), Figures.Value(last.BoundaryZ), OutcomeOf(looks, planned))
        : Text.Format("Aloud.none", metric, treatment, Figures.Count(planned));
}
