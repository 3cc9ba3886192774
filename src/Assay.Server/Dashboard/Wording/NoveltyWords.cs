using Assay.Analysis.Readouts;
using Assay.Analysis.Verdicts;
using Assay.Analysis.Wording;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What a page says of an effect by days since first exposure.</summary>
internal static class NoveltyWords
{
    private static readonly Texts Text = Texts.Of(typeof(NoveltyWords));

    public static string Title => Text.Get();
    public static string Note => Text.Get();
    public static string Age => Text.Get();
    public static string Control => Text.Get();
    public static string Treatment => Text.Get();
    public static string Band => Text.Get();
    public static string Hypothesis => Text.Get();
    public static string Slope => Text.Get();
    public static string Interval => Text.Get();
    public static string P => Text.Get();
    public static string Outcome => Text.Get();
    public static string Table => Text.Get();

    public static string Finding(NoveltyReadout novelty) => novelty switch
    {
        { Course: NoveltyCourse.Fading } => Text.Get("Finding.fading"),
        { Course: NoveltyCourse.Growing } => Text.Get("Finding.growing"),
        { Status: NoveltyStatus.Ok } => Text.Get("Finding.constant"),
        { Status: NoveltyStatus.TooEarly } => Text.Get("Finding.early"),
        _ => Text.Get("Finding.none"),
    };

    /// <summary>Days are counted from 1, as people do: <c>day 1</c>, <c>days 3–4</c>.</summary>
    public static string AgeOf(AgeEffect age)
    {
        var (first, last) = ((long)age.FromDays + 1, (long)Math.Ceiling(age.ToDays));
        return first == last ? Text.Format("AgeOf.one", Figures.Count(first)) : Text.Format("AgeOf.other", Figures.Count(first), Figures.Count(last));
    }

    /// <summary>The chart in a sentence.</summary>
    public static string Aloud(string metric, string treatment, NoveltyReadout novelty) =>
        Text.Format(
            nameof(Aloud), metric, treatment, Figures.Change(novelty.Ages[0].EffectRelative), AgeOf(novelty.Ages[0]), Figures.Change(novelty.Ages[^1].EffectRelative), AgeOf(novelty.Ages[^1]), Finding(novelty));

    /// <summary>A slope of ln(treatment ÷ control) as what the ratio changes by.</summary>
    public static string PerDay(double? slope) => slope is { } known ? Figures.Change(Math.Exp(known) - 1) : Figures.None;
}
