using System.Text.Json;
using Assay.Server.Dashboard.Wording;
using Assay.Server.Storage;
using Assay.Server.Storage.Auditing;

namespace Assay.Server.Dashboard.Past;

/// <summary>One thing that happened, as a page tells it. Public because components are.</summary>
/// <param name="Number">Its number in the audit.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who, as the audit has it.</param>
/// <param name="Sentence">What happened.</param>
public sealed record HistoryEntry(long Number, DateTimeOffset At, string Actor, string Sentence)
{
    /// <summary>Why, in the words of who did it; null where nobody said.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the reason is the sentence of a verdict: those are recorded in English.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>A path of the API that tells all of it; null where there is none.</summary>
    public string? Path { get; init; }

    internal static HistoryEntry Of(AuditRow row, Experiment experiment, Told told)
    {
        var detail = HistoryDetail.Of(row.Detail);
        var api = $"/api/v1/experiments/{experiment.Key}";
        var entry = new HistoryEntry(row.Number, Microseconds.ToTime(row.At), row.Actor, AuditWords.Of(row.Action, Microseconds.ToTime(row.At), detail, experiment));
        return row.Action switch
        {
            AuditDetail.Decided when detail.Number is { } number => entry with { Reason = told.Decisions.GetValueOrDefault(number)?.Reason, Path = $"{api}/decisions/{number}" },
            "verdict_changed" when detail.Number is { } number => entry with
            {
                Reason = told.Verdicts.GetValueOrDefault(Text(number)) is { } recorded ? Field(recorded.Content, "sentence") : null,
                IsRecorded = true,
                Path = $"{api}/verdicts/{number}",
            },
            "amended" when detail.Iteration is { } iteration => entry with
            {
                Reason = told.Iterations.GetValueOrDefault(Text(iteration - 1)) is { } ended ? Field(ended.Content, "reason") : null,
                Path = $"{api}/iterations/{iteration - 1}",
            },
            "look_taken" or "crossed" => entry with { Path = $"{api}/live-stats" },
            _ => entry,
        };
    }

    private static string? Field(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(name).GetString();
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
