using System.Text.Json;
using System.Text.RegularExpressions;
using Assay.Analysis.Designs;
using Assay.Server.Access;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Experiments;

/// <summary><c>POST /experiments/{id}/start</c>: the design is frozen and units may come. A start in the past takes in history.</summary>
internal static partial class StartExperiment
{
    public static async Task<Results<Ok<ExperimentResource>, ProblemHttpResult>> Handle(string id, HttpContext context, Caller caller, ExperimentChanges changes)
    {
        var (body, malformed) = await JsonBody.ReadAsync(context.Request);
        if (malformed is not null) return malformed;
        return await changes.ApplyAsync(id, context, caller, "started", (draft, now) => Start(draft, body, now));
    }

    private static Change Start(Experiment draft, JsonElement body, DateTimeOffset now)
    {
        if (draft.Status != ExperimentStatus.Draft) return ExperimentProblems.IllegalTransition(draft, "start", "draft");
        var errors = ActionBody.RefuseUnknown(body, "started_at");
        var startedAt = ReadStart(body, now, errors);
        if (errors.Count > 0) return Problems.InvalidBody(errors);
        // A draft may have been priced before there were ages.
        var started = draft with { Status = ExperimentStatus.Running, StartedAt = startedAt, Plan = draft.Plan with { Ages = AgePlan.Of(draft.Design) } };
        return new Change(started, started.ToView(), Refusal: null);
    }

    private static DateTimeOffset ReadStart(JsonElement body, DateTimeOffset now, List<ProblemError> errors)
    {
        if (!body.TryGetProperty("started_at", out var field) || field.ValueKind == JsonValueKind.Null) return now;
        if (field.ValueKind != JsonValueKind.String || JsonBody.Text(field) is not { } text || !HasOffset().IsMatch(text) || !field.TryGetDateTimeOffset(out var startedAt))
            errors.Add(new ProblemError("/started_at", "invalid_value", "A time is RFC 3339 with its offset, like 2026-01-31T09:30:00Z."));
        else if (startedAt > now) errors.Add(new ProblemError("/started_at", "in_the_future", "An experiment starts now or has started already."));
        else return Microseconds.Truncate(startedAt);
        return now;
    }

    [GeneratedRegex(@"T.*(Z|[+-]\d\d:\d\d)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HasOffset();
}

/// <summary>The body of <c>start</c>.</summary>
/// <param name="StartedAt">When the experiment began, if before now: RFC 3339.</param>
internal sealed record StartRequest(DateTimeOffset? StartedAt = null);
