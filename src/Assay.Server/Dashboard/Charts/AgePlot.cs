using System.Collections.Immutable;
using Assay.Analysis.Verdicts;

namespace Assay.Server.Dashboard.Charts;

/// <summary>Relative effects by age with their band: places across in percent, down in units of the picture.</summary>
/// <param name="Marks">One an age that has an effect.</param>
/// <param name="Zero">Where no effect is.</param>
internal sealed record AgePlot(ImmutableArray<AgeMark> Marks, double Zero)
{
    /// <param name="ages">The ages, at least one.</param>
    /// <param name="height">Of the picture.</param>
    public static AgePlot Of(IReadOnlyList<AgeEffect> ages, double height)
    {
        var across = new Scale(0, ages[^1].ToDays);
        var drawn = ages.Where(age => age.EffectRelative is not null).ToList();
        var down = ForestPlot.Around(drawn.Select(age => new Whisker(age.EffectRelative!.Value, age.CiRelativeLower ?? age.EffectRelative.Value, age.CiRelativeUpper ?? age.EffectRelative.Value)), []).Scale;
        return new(
            [.. drawn.Select(age => new AgeMark(age, across.Place((age.FromDays + age.ToDays) / 2), Down(age.EffectRelative!.Value), age.CiRelativeLower is { } low ? Down(low) : null, age.CiRelativeUpper is { } high ? Down(high) : null))],
            Down(0));

        double Down(double value) => (1 - (down.Place(value) / 100)) * height;
    }
}

/// <param name="Across">The middle of the age.</param>
/// <param name="Effect">The relative effect.</param>
/// <param name="Low">Lower end of the band; null where there is none.</param>
/// <param name="High">Upper end of the band.</param>
internal readonly record struct AgeMark(AgeEffect Age, double Across, double Effect, double? Low, double? High);
