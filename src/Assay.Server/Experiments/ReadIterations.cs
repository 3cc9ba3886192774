using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Experiments;

/// <summary><c>GET /experiments/{id}/iterations</c> and one of them: what amendments have ended, as it was then.</summary>
internal static class ReadIterations
{
    public static async Task<Results<Ok<IterationList>, ProblemHttpResult>> List(string id, ExperimentDirectory experiments, ICatalog catalog, CancellationToken cancellation) =>
        await experiments.FindAsync(id, cancellation) is null
            ? Problems.UnknownExperiment(id)
            : TypedResults.Ok(new IterationList([.. (await catalog.ListRecordsAsync(id, RecordKind.Iteration, cancellation)).Select(row => IterationResource.Of(row) with { Readout = null })]));

    /// <param name="id">The experiment's key.</param>
    /// <param name="number">The iteration.</param>
    public static async Task<Results<Ok<IterationResource>, ProblemHttpResult>> Get(string id, int number, ExperimentDirectory experiments, ICatalog catalog, CancellationToken cancellation)
    {
        if (await experiments.FindAsync(id, cancellation) is null) return Problems.UnknownExperiment(id);
        return await catalog.FindRecordAsync(id, RecordKind.Iteration, number.ToString(CultureInfo.InvariantCulture), cancellation) is { } found
            ? TypedResults.Ok(IterationResource.Of(found))
            : Problems.Of(StatusCodes.Status404NotFound, "unknown_iteration", "Unknown iteration", $"No iteration {number} of the experiment '{id}' has ended by an amendment.");
    }
}

/// <summary>Iterations that amendments have ended, the newest first.</summary>
internal sealed record IterationList(ImmutableArray<IterationResource> Items);

/// <summary>An iteration that an amendment has ended.</summary>
/// <param name="Iteration">1, 2, … of the experiment.</param>
/// <param name="BeganAt">Since when its units came.</param>
/// <param name="EndedAt">When it was amended.</param>
/// <param name="DesignVersion">The experiment's version then.</param>
/// <param name="AmendedBy">A key's id, or "open" on an installation without keys.</param>
/// <param name="Reason">Why it was amended.</param>
/// <param name="Watermark">The commit that its readout is of.</param>
/// <param name="Design">Its design.</param>
/// <param name="Readout">Its last readout, as live-stats told it then; null in lists.</param>
/// <param name="Moments">Count, mean and squared deviations by metric, arm and population then, as <c>/moments</c> tells them; null in lists.</param>
internal sealed record IterationResource(
    string ExperimentId,
    int Iteration,
    DateTimeOffset? BeganAt,
    DateTimeOffset EndedAt,
    int DesignVersion,
    string AmendedBy,
    string Reason,
    long Watermark,
    JsonElement Design,
    JsonElement? Readout,
    JsonElement? Moments)
{
    public static IterationResource Of(RecordRow row)
    {
        var kept = JsonElement.Parse(row.Content);
        return new IterationResource(
            row.Experiment,
            row.Iteration,
            kept.GetProperty("began_at") is { ValueKind: JsonValueKind.String } began ? began.GetDateTimeOffset() : null,
            kept.GetProperty("ended_at").GetDateTimeOffset(),
            kept.GetProperty("design_version").GetInt32(),
            kept.GetProperty("amended_by").GetString()!,
            kept.GetProperty("reason").GetString()!,
            row.Watermark,
            kept.GetProperty("design"),
            kept.GetProperty("readout"),
            row.Moments is { } moments ? JsonElement.Parse(moments) : null);
    }
}
