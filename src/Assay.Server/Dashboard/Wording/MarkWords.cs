using Assay.Analysis.Wording;
using Assay.Server.Dashboard.Past;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What marks on a chart over time say.</summary>
internal static class MarkWords
{
    private static readonly Texts Text = Texts.Of(typeof(MarkWords));

    public static string Title => Text.Get();

    public static string Of(Milestone milestone) => milestone.Kind switch
    {
        MilestoneKind.Amended => Text.Format("Of.Amended", Figures.Count(milestone.Iteration ?? 0)),
        MilestoneKind.Look => Text.Format(milestone.Crossed ? "Of.look_crossed" : "Of.Look", Figures.Count(milestone.Look ?? 0)),
        _ => Text.Case(nameof(Of), milestone.Kind),
    };

    public static string Earlier(int count) => Text.Plural(nameof(Earlier), count, Figures.Count(count));
}
