using System.Collections.Immutable;
using System.Diagnostics;
using Assay.Analysis.Designs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Hosting;

/// <summary>Refusals as RFC 9457 problem details with a stable <c>type</c>, a <c>code</c>, the trace and every error at once.</summary>
internal static class Problems
{
    public static ProblemHttpResult Of(int status, string code, string title, string detail, params IReadOnlyList<ProblemError> errors)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["code"] = code,
            ["trace_id"] = Activity.Current?.TraceId.ToString(),
            ["errors"] = errors,
        };
        return TypedResults.Problem(detail, instance: null, status, title, TypeOf(code), extensions);
    }

    /// <summary>A design with errors; every one is named.</summary>
    public static ProblemHttpResult InvalidDesign(ImmutableArray<DesignError> errors) => Of(
        StatusCodes.Status422UnprocessableEntity,
        "invalid_design",
        "Invalid design",
        errors.Length == 1 ? "There is an error in the design." : $"There are {errors.Length} errors in the design.",
        [.. errors.Select(error => new ProblemError(error.Pointer, error.Code, error.Detail))]);

    /// <summary>A small body with a field that is wrong; every one is named.</summary>
    public static ProblemHttpResult InvalidBody(params IReadOnlyList<ProblemError> errors) =>
        Of(StatusCodes.Status422UnprocessableEntity, "invalid_body", "Invalid body", "A field of the body is wrong.", errors);

    /// <summary>Query parameters that are wrong; every one is named.</summary>
    public static ProblemHttpResult InvalidQuery(params IReadOnlyList<ProblemError> errors) =>
        Of(StatusCodes.Status400BadRequest, "invalid_query", "Invalid query", "A query parameter is wrong.", errors);

    public static ProblemHttpResult UnknownExperiment(string key) =>
        Of(StatusCodes.Status404NotFound, "unknown_experiment", "Unknown experiment", $"There is no experiment '{key}'.");

    /// <summary>The stable type of a code: a place in the human docs of the answering server.</summary>
    public static string TypeOf(string code) => $"/docs/problems#{code}";
}

/// <summary>One thing that is wrong, and where.</summary>
/// <param name="Pointer">JSON pointer into the request body (RFC 6901), or a query parameter's name.</param>
/// <param name="Code">Stable, snake_case.</param>
internal sealed record ProblemError(string Pointer, string Code, string Detail);
