using System.Collections.Immutable;
using System.Text.Json;
using Assay.Analysis.Verdicts;
using Assay.Server.Storage;

namespace Assay.Server.Decisions;

/// <summary>What a person decided, beside the verdict of that moment and what it was drawn from.</summary>
/// <param name="Number">1, 2, … of the experiment.</param>
/// <param name="DesignVersion">The version of the experiment that it was decided on.</param>
/// <param name="Actor">A key's id, or "open" on an installation without keys.</param>
/// <param name="Decision"><c>ship</c>, <c>keep_control</c>, <c>keep_running</c> or <c>investigate</c>.</param>
/// <param name="VariationIndex">What is shipped; null for every other decision.</param>
/// <param name="Reason">Why; always there where the decision does not follow the verdict.</param>
/// <param name="FollowsVerdict">Whether it is what the verdict says.</param>
/// <param name="AsOf">The time that the verdict is of.</param>
/// <param name="Watermark">The commit that the verdict is of.</param>
/// <param name="Verdict">The verdict as live-stats told it then.</param>
/// <param name="Moments">Count, mean and squared deviations by metric, arm and population then, as <c>/moments</c> tells them; null in lists.</param>
internal sealed record DecisionResource(
    string ExperimentId,
    int Number,
    int Iteration,
    int DesignVersion,
    DateTimeOffset DecidedAt,
    string Actor,
    Choice Decision,
    int? VariationIndex,
    string? Reason,
    bool FollowsVerdict,
    DateTimeOffset AsOf,
    long Watermark,
    JsonElement Verdict,
    JsonElement? Moments)
{
    public static DecisionResource Of(DecisionRow row) => new(
        row.Experiment,
        row.Number,
        row.Iteration,
        row.DesignVersion,
        Microseconds.ToTime(row.At),
        row.Actor,
        Wire.Parse<Choice>(row.Decision),
        row.Variation,
        row.Reason,
        row.Follows == 1,
        Microseconds.ToTime(row.AsOf),
        row.Watermark,
        JsonElement.Parse(row.Verdict),
        row.Moments is { } moments ? JsonElement.Parse(moments) : null);
}

/// <summary>Every decision on an experiment, the newest first.</summary>
internal sealed record DecisionList(ImmutableArray<DecisionResource> Items);
