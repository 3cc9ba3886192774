using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Experiments;

/// <summary><c>GET /experiments</c>: by key, a page at a time.</summary>
internal static class ListExperiments
{
    /// <param name="status">Only experiments in this status.</param>
    /// <param name="q">Only experiments whose key or name contains this, in any case.</param>
    /// <param name="limit">1 to 200; 50 unless given.</param>
    /// <param name="cursor">The <c>next_cursor</c> of the page before.</param>
    public static async Task<Results<Ok<ExperimentPage>, StatusCodeHttpResult, ProblemHttpResult>> Handle(
        string? status, string? q, string? limit, string? cursor, HttpContext context, ICatalog catalog)
    {
        var errors = new List<ProblemError>();
        var wanted = ReadStatus(status, errors);
        var asked = PageQuery.Read(limit, cursor, errors);
        if (errors.Count > 0) return Problems.InvalidQuery(errors);

        // One more than asked for tells whether there is a next page.
        var found = await catalog.ListAsync(new ExperimentQuery(wanted, string.IsNullOrEmpty(q) ? null : q, asked.Limit + 1, asked.After), context.RequestAborted);
        var page = found.Length > asked.Limit ? found[..asked.Limit] : found;
        var next = found.Length > asked.Limit ? PageQuery.CursorOf(page[^1].Key) : null;
        var tag = TagOf(page, next);
        context.Response.GetTypedHeaders().ETag = tag;
        if (EntityTags.IsKnown(context.Request, tag)) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Ok(new ExperimentPage([.. page.Select(ExperimentResource.Of)], next));
    }

    private static ExperimentStatus? ReadStatus(string? text, List<ProblemError> errors)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var status = Wire.TryParse<ExperimentStatus>(text);
        if (status is null) errors.Add(new ProblemError("status", "invalid_value", $"A status is one of {string.Join(", ", Wire.All<ExperimentStatus>())}."));
        return status;
    }

    private static EntityTagHeaderValue TagOf(ImmutableArray<Experiment> page, string? next)
    {
        var text = string.Join('\n', page.Select(experiment => $"{experiment.Key} {ExperimentResource.TagOf(experiment)}").Append(next));
        return new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12))}\"");
    }
}

/// <summary>A page of experiments, ordered by key.</summary>
/// <param name="NextCursor">Null on the last page.</param>
internal sealed record ExperimentPage(ImmutableArray<ExperimentResource> Items, string? NextCursor);
