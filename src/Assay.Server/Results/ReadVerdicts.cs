using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Assay.Analysis.Verdicts;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Results;

/// <summary><c>GET /experiments/{id}/verdicts</c> and one of them: how the verdict has changed, as it was told then.</summary>
internal static class ReadVerdicts
{
    public static async Task<Results<Ok<VerdictList>, ProblemHttpResult>> List(string id, ExperimentDirectory experiments, ICatalog catalog, CancellationToken cancellation) =>
        await experiments.FindAsync(id, cancellation) is null
            ? Problems.UnknownExperiment(id)
            : TypedResults.Ok(new VerdictList([.. (await catalog.ListRecordsAsync(id, RecordKind.Verdict, cancellation)).Select(VerdictRecord.Of)]));

    /// <param name="id">The experiment's key.</param>
    /// <param name="number">1, 2, … of the experiment.</param>
    public static async Task<Results<Ok<VerdictRecord>, ProblemHttpResult>> Get(string id, int number, ExperimentDirectory experiments, ICatalog catalog, CancellationToken cancellation)
    {
        if (await experiments.FindAsync(id, cancellation) is null) return Problems.UnknownExperiment(id);
        return await catalog.FindRecordAsync(id, RecordKind.Verdict, number.ToString(CultureInfo.InvariantCulture), cancellation) is { } found
            ? TypedResults.Ok(VerdictRecord.Of(found))
            : Problems.Of(StatusCodes.Status404NotFound, "unknown_verdict", "Unknown verdict", $"The experiment '{id}' has no recorded verdict {number}.");
    }
}

/// <summary>Every change of the verdict, the newest first; an experiment of which nothing is recorded has kept running.</summary>
internal sealed record VerdictList(ImmutableArray<VerdictRecord> Items);

/// <summary>A verdict that was another than the one before.</summary>
/// <param name="Number">1, 2, … of the experiment.</param>
/// <param name="Status">What it said to do.</param>
/// <param name="RecordedAt">When it was recorded, within seconds of the commit or the hour that brought it.</param>
/// <param name="AsOf">The time that it is of.</param>
/// <param name="Watermark">The commit that it is of.</param>
/// <param name="Verdict">The verdict as live-stats told it then.</param>
/// <param name="Moments">Count, mean and squared deviations by metric, arm and population then, as <c>/moments</c> tells them; null in lists.</param>
internal sealed record VerdictRecord(
    string ExperimentId, int Iteration, int Number, VerdictStatus Status, DateTimeOffset RecordedAt, DateTimeOffset AsOf, long Watermark, JsonElement Verdict, JsonElement? Moments)
{
    public static VerdictRecord Of(RecordRow row) => new(
        row.Experiment,
        row.Iteration,
        int.Parse(row.Name, CultureInfo.InvariantCulture),
        RecordedVerdict.Read(row.Content).Status,
        Microseconds.ToTime(row.At),
        Microseconds.ToTime(row.AsOf),
        row.Watermark,
        JsonElement.Parse(row.Content),
        row.Moments is { } moments ? JsonElement.Parse(moments) : null);
}
