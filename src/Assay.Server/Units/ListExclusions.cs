using System.Collections.Immutable;
using System.Globalization;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Units;

/// <summary><c>GET /exclusions</c>: those in force, in the order in which their units were first seen or excluded.</summary>
internal static class ListExclusions
{
    /// <param name="user_id">Only exclusions of this unit.</param>
    /// <param name="experiment">Only exclusions from this experiment; those from all are not among them.</param>
    /// <param name="limit">1 to 200; 50 unless given.</param>
    /// <param name="cursor">The <c>next_cursor</c> of the page before.</param>
    public static async Task<Results<Ok<ExclusionPage>, ProblemHttpResult>> Handle(
        string? user_id, string? experiment, string? limit, string? cursor, HttpContext context, ExclusionList exclusions)
    {
        var errors = new List<ProblemError>();
        var asked = PageQuery.Read(limit, cursor, errors);
        var after = PlaceOf(asked.After, errors);
        if (errors.Count > 0) return Problems.InvalidQuery(errors);

        // One more than asked for tells whether there is a next page.
        var found = await exclusions.ReadAsync(new ExclusionQuery(OrNull(user_id), OrNull(experiment), asked.Limit + 1, after), context.RequestAborted);
        var page = found.Length > asked.Limit ? found[..asked.Limit] : found;
        var next = found.Length > asked.Limit ? PageQuery.CursorOf(string.Create(CultureInfo.InvariantCulture, $"{page[^1].Unit} {page[^1].Number}")) : null;
        context.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Ok(new ExclusionPage([.. page.Select(place => place.Exclusion)], next));
    }

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static (long Unit, int Number) PlaceOf(string? cursor, List<ProblemError> errors)
    {
        if (cursor is null) return (0, -1);
        if (cursor.Split(' ') is [var unit, var number]
            && long.TryParse(unit, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var experiment))
            return (place, experiment);
        errors.Add(new ProblemError("cursor", "invalid_value", "A cursor is the next_cursor of an earlier answer."));
        return default;
    }
}

/// <summary>A page of exclusions.</summary>
/// <param name="NextCursor">Null on the last page.</param>
internal sealed record ExclusionPage(ImmutableArray<Exclusion> Items, string? NextCursor);
