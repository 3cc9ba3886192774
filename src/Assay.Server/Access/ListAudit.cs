using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Assay.Server.Storage.Auditing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Access;

/// <summary><c>GET /audit</c>: who did what and when, the newest first, a page at a time.</summary>
internal static class ListAudit
{
    /// <param name="experiment">Only entries of the experiment with this key, also where it has been deleted; all entries unless given.</param>
    /// <param name="limit">1 to 200; 50 unless given.</param>
    /// <param name="cursor">The <c>next_cursor</c> of the page before.</param>
    public static async Task<Results<Ok<AuditPage>, ProblemHttpResult>> Handle(string? experiment, string? limit, string? cursor, ICatalog catalog, CancellationToken cancellation)
    {
        var errors = new List<ProblemError>();
        var asked = PageQuery.Read(limit, cursor, errors);
        var before = ReadNumber(asked.After, errors);
        if (errors.Count > 0) return Problems.InvalidQuery(errors);

        // One more than asked for tells whether there is a next page.
        var found = await catalog.ListAuditAsync(new AuditQuery(string.IsNullOrEmpty(experiment) ? null : experiment, asked.Limit + 1, before), cancellation);
        var page = found.Length > asked.Limit ? found[..asked.Limit] : found;
        var next = found.Length > asked.Limit ? PageQuery.CursorOf(page[^1].Number.ToString(CultureInfo.InvariantCulture)) : null;
        return TypedResults.Ok(new AuditPage([.. page.Select(AuditItem.Of)], next));
    }

    private static long? ReadNumber(string? text, List<ProblemError> errors)
    {
        if (text is null) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        errors.Add(new ProblemError("cursor", "invalid_value", "A cursor is the next_cursor of an earlier answer."));
        return null;
    }
}

/// <summary>A page of the audit.</summary>
/// <param name="NextCursor">Null on the last page.</param>
internal sealed record AuditPage(ImmutableArray<AuditItem> Items, string? NextCursor);

/// <summary>An entry of the audit.</summary>
/// <param name="Number">Grows from entry to entry; numbers may be left out.</param>
/// <param name="Actor">A key's id, "open" on an installation without keys, "command line", or the server's own timer.</param>
/// <param name="Experiment">Null where it concerns none or all.</param>
/// <param name="Detail">What the action is about.</param>
/// <param name="Hash">SHA-256 of this entry and all before it, hex; null where it was written before entries were chained.</param>
internal sealed record AuditItem(long Number, DateTimeOffset At, string Actor, string Action, string? Experiment, JsonElement Detail, string? Hash)
{
    public static AuditItem Of(AuditRow row) =>
        new(row.Number, Microseconds.ToTime(row.At), row.Actor, row.Action, row.Experiment, JsonElement.Parse(row.Detail), row.Hash);
}
