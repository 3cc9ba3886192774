using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Assay.Server.Hosting;

/// <summary>Refuses query parameters that a route does not have: a misspelt filter would otherwise answer with everything.</summary>
internal static class QueryCheck
{
    public static Task RunAsync(HttpContext context, RequestDelegate next) =>
        context.Request.QueryString.HasValue && Refuse(context) is { } refusal ? refusal.ExecuteAsync(context) : next(context);

    private static ProblemHttpResult? Refuse(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint || !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)) return null;
        var known = endpoint.Metadata.OfType<IParameterBindingMetadata>().Select(parameter => parameter.ParameterInfo.GetCustomAttribute<FromQueryAttribute>()?.Name ?? parameter.Name)
            .Except(endpoint.RoutePattern.Parameters.Select(parameter => parameter.Name), StringComparer.Ordinal);
        var unknown = context.Request.Query.Keys.Except(known, StringComparer.OrdinalIgnoreCase).ToArray();
        return unknown.Length == 0 ? null : Problems.InvalidQuery([.. unknown.Select(name => new ProblemError(name, "unknown_parameter", "There is no such parameter."))]);
    }
}
