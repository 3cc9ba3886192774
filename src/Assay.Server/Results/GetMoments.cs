using System.Collections.Immutable;
using System.Text.Json;
using Assay.Analysis.Designs;
using Assay.Analysis.Measurement;
using Assay.Server.Hosting;
using Assay.Server.Results.Past;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Results;

/// <summary>GET /experiments/{id}/moments: now, or as of a commit that was.</summary>
internal static class GetMoments
{
    /// <param name="asOf">The number of a commit, to read as of it; now unless given.</param>
    /// <param name="at">The time that maturity is judged at, RFC 3339; that commit's unless given.</param>
    public static async Task<IResult> Handle(
        string id, [FromQuery(Name = "as_of")] string? asOf, string? at, HttpContext context, ExperimentDirectory experiments, IEventStore store, PastReadouts past, TimeProvider time, CancellationToken cancellation)
    {
        if (await experiments.FindAsync(id, cancellation) is not { } experiment) return Problems.UnknownExperiment(id);
        if (await past.TryAnswerAsync(experiment, asOf, at, allPairs: false, context, (then, input) => TypedResults.Ok(Of(then, input.Measured, input.Measured.Watermark, input.AsOf))) is { } answer)
            return answer;

        // The watermark first: the picture read after it holds at least every commit up to it.
        var watermark = store.Watermark;
        var measured = store.Read(id);
        var now = time.GetUtcNow();
        var tag = EntityTagHeaderValue.Parse(AnswerTag.Of(experiment, measured?.TouchedBy ?? 0, measured is null ? null : CompletedBuckets.Of(measured, now).Newest, ".moments"));
        context.Response.GetTypedHeaders().ETag = tag;
        context.Response.Headers.CacheControl = "private, no-cache";
        if (EntityTags.IsKnown(context.Request, tag)) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Ok(Of(experiment, measured, Math.Max(watermark, measured?.Watermark ?? 0), now));
    }

    private static ExperimentMoments Of(Experiment experiment, MeasuredExperiment? measured, long watermark, DateTimeOffset at) =>
        new(experiment.Key, watermark, Describe(experiment.Design, measured, Microseconds.Of(at))) { Ages = AgeMoments.Of(experiment, measured, Microseconds.Of(at)) };

    /// <summary>The moments that a readout was drawn from, as they are kept beside it.</summary>
    public static string Write(Design design, MeasuredExperiment measured, DateTimeOffset asOf) => JsonSerializer.Serialize(Describe(design, measured, Microseconds.Of(asOf)), ServerBuilder.Json);

    public static ImmutableArray<ArmMoments> Describe(Design design, MeasuredExperiment? measured, long now)
    {
        ImmutableArray<string> columns = ["value", .. design.Metrics.Covariates.SelectMany(covariate => new[] { covariate.Name, $"{covariate.Name}:missing" })];
        var sums = new Dictionary<(string Metric, int Arm, MomentsPopulation Population), Accumulator>();
        foreach (var (key, accumulator) in measured?.Accumulators ?? ImmutableDictionary<AccumulatorKey, Accumulator>.Empty)
        {
            if (key.Slice.Length > 0 || key.Arm < 0 || string.Equals(key.Metric, AccumulatorKey.Timing, StringComparison.Ordinal)) continue;
            SumOf(key.Metric, key.Arm, MomentsPopulation.Running).Add(accumulator);
            if (key.MaturesAt <= now) SumOf(key.Metric, key.Arm, MomentsPopulation.Completed).Add(accumulator);
        }

        var described =
            from metric in design.Metrics.All
            from arm in Enumerable.Range(0, design.Setup.Variations.Length)
            from population in Enum.GetValues<MomentsPopulation>()
            select Describe(metric.Name, arm, population, SumOf(metric.Name, arm, population), columns);
        return [.. described];

        Accumulator SumOf(string metric, int arm, MomentsPopulation population)
        {
            if (!sums.TryGetValue((metric, arm, population), out var sum)) sums[(metric, arm, population)] = sum = new Accumulator(columns.Length);
            return sum;
        }
    }

    private static ArmMoments Describe(string metric, int arm, MomentsPopulation population, Accumulator sum, ImmutableArray<string> columns)
    {
        var moments = sum.ToMoments();
        ImmutableArray<double?> means = [.. moments.Means.Select(mean => sum.IsEmpty ? (double?)null : mean)];
        var cross = Enumerable.Range(0, columns.Length).Select(i => Enumerable.Range(0, columns.Length).Select(j => moments.Scatter(i, j)).ToImmutableArray());
        return new ArmMoments(metric, arm, population, sum.Count, sum.Converted, sum.Events, means[0], moments.Scatter(0, 0), columns, means, [.. cross]);
    }
}

/// <summary>What every number of the readout is computed from.</summary>
/// <param name="Watermark">The commit the moments are of.</param>
internal sealed record ExperimentMoments(string ExperimentId, long Watermark, ImmutableArray<ArmMoments> Moments)
{
    /// <summary>The primaries whose values are kept by age, by arm; empty where none are.</summary>
    public ImmutableArray<AgeMoments> Ages { get; init; } = [];
}

/// <summary>The moments of one metric in one arm and population. The units' values are column 0; each covariate adds its value (0 where missing) and whether it is missing.</summary>
/// <param name="Population"><c>running</c>: all exposed units, values so far; <c>completed</c>: units whose window has closed.</param>
/// <param name="Count">Units.</param>
/// <param name="Converted">Units with an event that counts.</param>
/// <param name="Events">Events that count.</param>
/// <param name="Mean">Null without units.</param>
/// <param name="SquaredDeviations">Σ(y − ȳ)².</param>
/// <param name="Columns">What the entries of <paramref name="Means"/> and <paramref name="CrossDeviations"/> are of.</param>
/// <param name="CrossDeviations">Σ(xᵢ − x̄ᵢ)(xⱼ − x̄ⱼ), a symmetric matrix.</param>
internal sealed record ArmMoments(
    string Metric,
    int VariationIndex,
    MomentsPopulation Population,
    long Count,
    long Converted,
    long Events,
    double? Mean,
    double SquaredDeviations,
    ImmutableArray<string> Columns,
    ImmutableArray<double?> Means,
    ImmutableArray<ImmutableArray<double>> CrossDeviations);

internal enum MomentsPopulation
{
    Running,
    Completed,
}
