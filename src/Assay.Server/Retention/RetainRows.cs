using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Assay.Server.Access;
using Assay.Server.Events;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Retention;

/// <summary><c>POST /retention</c>: rows that no open experiment needs go now.</summary>
internal static class RetainRows
{
    public static async Task<Results<Ok<Retained>, ProblemHttpResult>> Handle(
        HttpContext context, Caller caller, RowKeeping keeping, IEventStore store, TimeProvider clock, IHostApplicationLifetime server)
    {
        var (body, malformed) = await JsonBody.ReadAsync(context.Request);
        if (malformed is not null) return malformed;
        var errors = ActionBody.RefuseUnknown(body, "before", "dry_run");
        var before = ReadBefore(body, clock.GetUtcNow(), errors);
        var isDryRun = ReadDryRun(body, errors);
        if (errors.Count > 0) return Problems.InvalidBody(errors);
        try
        {
            if (isDryRun) return TypedResults.Ok(await keeping.PreviewAsync(before, store.Watermark, context.RequestAborted));

            // Once begun it goes on whether anybody waits for the answer or not.
            return TypedResults.Ok(await keeping.RetainAsync(before, caller.Name, server.ApplicationStopping).WaitAsync(context.RequestAborted));
        }
        catch (OperationCanceledException) when (server.ApplicationStopping.IsCancellationRequested)
        {
            return Unavailable.Overloaded(context, "The server stops; what has gone and is still there is removed when it is back.");
        }
        catch (Exception failure) when (failure is DbException or IOException)
        {
            return Unavailable.StorageFailed(context);
        }
    }

    private static long ReadBefore(JsonElement body, DateTimeOffset now, List<ProblemError> errors)
    {
        if (!body.TryGetProperty("before", out var field))
            errors.Add(new ProblemError("/before", "missing_field", "Say before which time rows may go."));
        else if (field.ValueKind != JsonValueKind.String || JsonBody.Text(field) is not { } text || !Rfc3339.TryRead(text, out var before))
            errors.Add(new ProblemError("/before", "invalid_value", "A time is RFC 3339 with its offset, like 2026-01-31T09:30:00Z."));
        else if (before > Microseconds.Of(now)) errors.Add(new ProblemError("/before", "in_the_future", "Rows that may still come cannot go."));
        else return before;
        return 0;
    }

    private static bool ReadDryRun(JsonElement body, List<ProblemError> errors)
    {
        if (!body.TryGetProperty("dry_run", out var field) || field.ValueKind is JsonValueKind.Null or JsonValueKind.False) return false;
        if (field.ValueKind != JsonValueKind.True) errors.Add(new ProblemError("/dry_run", "invalid_value", "Either true or false."));
        return true;
    }
}

/// <summary>The body of <c>/retention</c>.</summary>
/// <param name="Before">Rows before this time may go: RFC 3339, not in the future.</param>
/// <param name="DryRun">Whether it is only asked what would go.</param>
internal sealed record RetentionRequest(DateTimeOffset Before, bool DryRun = false);

/// <summary>How far rows have gone.</summary>
/// <param name="Horizon">Rows before this time have gone; null where everything is kept. It only grows.</param>
/// <param name="HeldBy">Key of the experiment that keeps the horizon from being where it was asked to be; null where none does.</param>
/// <param name="Rows">Rows removed by this request, those of an interrupted one before it among them.</param>
/// <param name="Units">Units that had nothing left, removed with their user ids; null where it was only asked.</param>
/// <param name="Sealed">Keys of the experiments whose rows went: their results stay as they are.</param>
/// <param name="DryRun">Whether it was only asked.</param>
/// <param name="Watermark">The commit that moved the horizon, or the last one.</param>
internal sealed record Retained(DateTimeOffset? Horizon, string? HeldBy, RowCounts Rows, long? Units, ImmutableArray<string> Sealed, bool DryRun, long Watermark);
