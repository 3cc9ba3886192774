using System.Collections.Immutable;
using System.Globalization;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Units;

/// <summary><c>GET /identities</c>: links in force, in the order in which their anonymous ids were first seen or linked.</summary>
internal static class ListIdentities
{
    /// <param name="user_id">Only links of the person that this is an id of, whichever.</param>
    /// <param name="limit">1 to 200; 50 unless given.</param>
    /// <param name="cursor">The <c>next_cursor</c> of the page before.</param>
    public static async Task<Results<Ok<IdentityPage>, ProblemHttpResult>> Handle(string? user_id, string? limit, string? cursor, HttpContext context, IdentityList identities)
    {
        var errors = new List<ProblemError>();
        var asked = PageQuery.Read(limit, cursor, errors);
        var after = 0L;
        if (asked.After is { } last && !long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            errors.Add(new ProblemError("cursor", "invalid_value", "A cursor is the next_cursor of an earlier answer."));
        if (errors.Count > 0) return Problems.InvalidQuery(errors);

        // One more than asked for tells whether there is a next page.
        var found = await identities.ReadAsync(string.IsNullOrEmpty(user_id) ? null : user_id, asked.Limit + 1, after, context.RequestAborted);
        var page = found.Length > asked.Limit ? found[..asked.Limit] : found;
        var next = found.Length > asked.Limit ? PageQuery.CursorOf(page[^1].Unit.ToString(CultureInfo.InvariantCulture)) : null;
        context.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Ok(new IdentityPage([.. page.Select(place => place.Identity)], next));
    }
}

/// <summary>A page of links.</summary>
/// <param name="NextCursor">Null on the last page.</param>
internal sealed record IdentityPage(ImmutableArray<Identity> Items, string? NextCursor);
