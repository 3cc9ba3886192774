using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Metrics;

/// <summary><c>GET /metrics</c>: what the experiments of this installation measure, by name, a page at a time.</summary>
internal static class ListMetrics
{
    /// <param name="q">Only metrics whose name or event contains this, in any case.</param>
    /// <param name="limit">1 to 200; 50 unless given.</param>
    /// <param name="cursor">The <c>next_cursor</c> of the page before.</param>
    public static async Task<Results<Ok<MetricPage>, StatusCodeHttpResult, ProblemHttpResult>> Handle(
        string? q, string? limit, string? cursor, HttpContext context, ICatalog catalog)
    {
        var errors = new List<ProblemError>();
        var asked = PageQuery.Read(limit, cursor, errors);
        if (errors.Count > 0) return Problems.InvalidQuery(errors);

        var experiments = await catalog.WalkAsync(context.RequestAborted).ToListAsync(context.RequestAborted);
        var page = PageOf(CataloguedMetric.Of(experiments).Where(metric => string.IsNullOrEmpty(q) || metric.Mentions(q)), asked);
        var tag = TagOf(page);
        context.Response.GetTypedHeaders().ETag = tag;
        return EntityTags.IsKnown(context.Request, tag) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(page);
    }

    private static MetricPage PageOf(IEnumerable<CataloguedMetric> metrics, PageQuery asked)
    {
        // One more than asked for tells whether there is a next page.
        ImmutableArray<CataloguedMetric> found = [.. metrics.Where(metric => asked.After is null || string.CompareOrdinal(metric.Name, asked.After) > 0).Take(asked.Limit + 1)];
        return found.Length > asked.Limit ? new MetricPage(found[..asked.Limit], PageQuery.CursorOf(found[asked.Limit - 1].Name)) : new MetricPage(found, NextCursor: null);
    }

    /// <summary>All that a page says follows from the uses on it and from whether it is the last. No name has U+0000.</summary>
    private static EntityTagHeaderValue TagOf(MetricPage page)
    {
        var text = string.Join('\0', page.Items.SelectMany(metric => metric.Experiments.Select(use => $"{metric.Name}\0{use}")).Append(page.NextCursor));
        return new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12))}\"");
    }
}

/// <summary>A page of metrics, ordered by name.</summary>
/// <param name="NextCursor">Null on the last page.</param>
internal sealed record MetricPage(ImmutableArray<CataloguedMetric> Items, string? NextCursor);
