using System.Collections.Immutable;

namespace Assay.Server.Dashboard.Past;

/// <summary>A mark on a chart over time. Public because components are; what is inside stays in the server.</summary>
public sealed record ChartMark
{
    /// <summary>Marks of one chart at most; what is left out is the oldest.</summary>
    public const int Most = 24;

    private ChartMark(Milestone milestone, int? number) => (Milestone, Number) = (milestone, number);

    /// <summary>How the picture names it; null for what has its word in the picture already.</summary>
    public int? Number { get; }

    /// <summary>Its number, written; empty where it has none.</summary>
    internal string Name => Number is { } number ? Figures.Count(number) : "";

    /// <summary>What it says.</summary>
    internal Milestone Milestone { get; }

    /// <summary>Numbers the moments of a chart; a stop and looks have their words in the picture.</summary>
    internal static ImmutableArray<ChartMark> Of(IEnumerable<Milestone> milestones)
    {
        var number = 0;
        return [.. milestones.Select(milestone => new ChartMark(milestone, milestone.Kind is MilestoneKind.Stopped or MilestoneKind.Look ? null : ++number))];
    }
}
