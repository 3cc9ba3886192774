using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace Assay.Server.Hosting;

/// <summary>Refuses query parameters that a route does not have: a misspelt filter would otherwise answer with everything.</summary>
internal static class QueryCheck
{
    /// <summary>Asks for the answer of another moment; part of the design, and not honoured by any route yet.</summary>
    private const string AsOf = "as_of";

    public static Task RunAsync(HttpContext context, RequestDelegate next) =>
        context.Request.QueryString.HasValue && Refuse(context) is { } refusal ? refusal.ExecuteAsync(context) : next(context);

    private static ProblemHttpResult? Refuse(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint || !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)) return null;
        var known = endpoint.Metadata.OfType<IParameterBindingMetadata>().Select(parameter => parameter.Name)
            .Except(endpoint.RoutePattern.Parameters.Select(parameter => parameter.Name), StringComparer.Ordinal);
        var unknown = context.Request.Query.Keys.Except(known, StringComparer.OrdinalIgnoreCase).ToArray();
        if (unknown.Contains(AsOf, StringComparer.OrdinalIgnoreCase))
        {
            return Problems.Of(
                StatusCodes.Status501NotImplemented, "not_supported_yet", "Not supported yet", "This version answers as of now; another moment cannot be asked for yet.",
                new ProblemError(AsOf, "not_supported_yet", "Leave it out to be answered as of now."));
        }

        return unknown.Length == 0 ? null : Problems.InvalidQuery([.. unknown.Select(name => new ProblemError(name, "unknown_parameter", "There is no such parameter."))]);
    }
}
