using Assay.Analysis.Readouts;
using Assay.Analysis.Verdicts;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What a page says of an effect by days since first exposure.</summary>
internal static class NoveltyWords
{
    public const string Title = "By days since first exposure";
    public const string Note = "Relative effect at each age of a unit, of units whose window has closed: the same ones at every age. For reference: the verdict reads none of it.";
    public const string Age = "Since first exposure";
    public const string Control = "Control mean";
    public const string Treatment = "Treatment mean";
    public const string Band = "Band over all ages";
    public const string Hypothesis = "Comparison";
    public const string Slope = "Change of the ratio a day";
    public const string Interval = "99% interval";
    public const string P = "p, corrected";
    public const string Outcome = "Finding";
    public const string Table = "As a table";

    public static string Finding(NoveltyReadout novelty) => novelty switch
    {
        { Course: NoveltyCourse.Fading } => "Fades with age",
        { Course: NoveltyCourse.Growing } => "Grows with age",
        { Status: NoveltyStatus.Ok } => "No sign of novelty",
        { Status: NoveltyStatus.TooEarly } => "Too early to tell",
        _ => "Not enough units yet",
    };

    /// <summary>Days are counted from 1, as people do: <c>day 1</c>, <c>days 3–4</c>.</summary>
    public static string AgeOf(AgeEffect age)
    {
        var (first, last) = ((long)age.FromDays + 1, (long)Math.Ceiling(age.ToDays));
        return first == last ? $"day {Figures.Count(first)}" : $"days {Figures.Count(first)}–{Figures.Count(last)}";
    }

    /// <summary>The chart in a sentence.</summary>
    public static string Aloud(string metric, string treatment, NoveltyReadout novelty) =>
        $"{metric}, {treatment}: {Figures.Change(novelty.Ages[0].EffectRelative)} on {AgeOf(novelty.Ages[0])}, {Figures.Change(novelty.Ages[^1].EffectRelative)} on {AgeOf(novelty.Ages[^1])}. {Finding(novelty)}.";

    /// <summary>A slope of ln(treatment ÷ control) as what the ratio changes by.</summary>
    public static string PerDay(double? slope) => slope is { } known ? Figures.Change(Math.Exp(known) - 1) : Figures.None;
}
