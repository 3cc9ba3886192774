using System.Collections.Immutable;
using System.Globalization;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Events;

/// <summary>GET /experiments/{id}/ingestion.</summary>
internal static class GetIngestion
{
    public static async Task<Results<Ok<Ingestion>, StatusCodeHttpResult, ProblemHttpResult>> Handle(
        string id, HttpContext context, ExperimentDirectory experiments, IEventStore store, CancellationToken cancellation)
    {
        if (await experiments.FindAsync(id, cancellation) is not { } experiment) return Problems.UnknownExperiment(id);
        var counts = await store.CountAsync(id, cancellation);
        var tag = TagOf(experiment, counts);
        context.Response.GetTypedHeaders().ETag = tag;
        context.Response.Headers.CacheControl = "private, no-cache";
        return EntityTags.IsKnown(context.Request, tag) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(Describe(experiment, counts));
    }

    /// <summary>Rows are told by the watermark; a batch of nothing but duplicates or refusals need not move it, and is told by what it counts.</summary>
    private static EntityTagHeaderValue TagOf(Experiment experiment, IngestionCounts counts) => new(
        string.Create(CultureInfo.InvariantCulture, $"\"{experiment.CreatedAt.Ticks:x}.{experiment.Version}.{counts.Watermark}.{counts.Duplicates}.{counts.Rejected}\""), isWeak: true);

    /// <summary>The counts, with a zero for every arm and event that nothing was stored of.</summary>
    public static Ingestion Describe(Experiment experiment, IngestionCounts counts)
    {
        var exposures = counts.Exposures.ToDictionary(count => count.VariationIndex, count => count.Count);
        for (var arm = 0; arm < experiment.Design.Setup.Variations.Length; arm++) exposures.TryAdd(arm, 0);
        var byMetric = counts.Conversions.ToDictionary(count => count.Metric, StringComparer.Ordinal);

        // Several metrics may use one event; its rows are told once, under the name /conversions takes.
        var conversions = experiment.Design.Metrics.All.GroupBy(metric => metric.Event, StringComparer.Ordinal)
            .Select(used => (Event: used.Key, Count: byMetric.GetValueOrDefault(used.First().Name)))
            .Select(used => new ConversionCount(used.Event, used.Count?.Count ?? 0, used.Count?.ValueSum ?? 0));
        return new Ingestion(
            counts.ExposureRows,
            [.. exposures.OrderBy(pair => pair.Key).Select(pair => new ExposureCount(pair.Key, pair.Value))],
            counts.EventRows,
            [.. conversions.OrderBy(count => count.Metric, StringComparer.Ordinal)],
            counts.Duplicates,
            counts.Crossovers,
            counts.Rejected,
            counts.LastEventAt is { } last ? Microseconds.ToTime(last) : null,
            counts.Watermark);
    }
}

/// <summary>What was taken in for an experiment: raw rows, before any window.</summary>
/// <param name="ExposureRowsTotal">Exposures stored, of every variation and the holdout.</param>
/// <param name="EventRowsTotal">Events stored since the start, and until the last window has closed, whose name a metric of the experiment uses, whatever route they came by.</param>
/// <param name="DuplicatesTotal">Items that were sent again.</param>
/// <param name="CrossoversTotal">Units seen in more than one arm.</param>
/// <param name="RejectedTotal">Items refused.</param>
/// <param name="Watermark">The commit the counts are of.</param>
internal sealed record Ingestion(
    long ExposureRowsTotal,
    ImmutableArray<ExposureCount> ExposureCounts,
    long EventRowsTotal,
    ImmutableArray<ConversionCount> ConversionCounts,
    long DuplicatesTotal,
    long CrossoversTotal,
    long RejectedTotal,
    DateTimeOffset? LastEventAt,
    long Watermark);

internal sealed record ExposureCount(int VariationIndex, long Count);

/// <param name="Metric">The event's name, as <c>/conversions</c> takes it.</param>
internal sealed record ConversionCount(string Metric, long Count, double ValueSum);
