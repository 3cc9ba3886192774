using Assay.Server.Dashboard.Past;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What marks on a chart over time say.</summary>
internal static class MarkWords
{
    public const string Title = "Marks";

    public static string Of(Milestone milestone) => milestone.Kind switch
    {
        MilestoneKind.Started => "started",
        MilestoneKind.Paused => "paused",
        MilestoneKind.Resumed => "resumed",
        MilestoneKind.Amended => $"amended, iteration {Figures.Count(milestone.Iteration ?? 0)}",
        MilestoneKind.Stopped => "stopped",
        MilestoneKind.Crossed => "first significant",
        _ => $"look {Figures.Count(milestone.Look ?? 0)}{(milestone.Crossed ? ", crossed" : "")}",
    };

    public static string Earlier(int count) => count == 1 ? "1 earlier mark" : $"{Figures.Count(count)} earlier marks";
}
