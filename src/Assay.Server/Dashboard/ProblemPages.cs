using Assay.Server.Dashboard.Pages;
using Assay.Server.Dashboard.Wording;
using Microsoft.AspNetCore.Mvc;

namespace Assay.Server.Dashboard;

/// <summary>Gives a person with a browser a page where a program gets a problem document: the same status, and what the problem says in the reader's language.</summary>
internal sealed class ProblemPages : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context)
    {
        var request = context.HttpContext.Request;
        return (HttpMethods.IsGet(request.Method) || HttpMethods.IsPost(request.Method))
            && !request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var problem = context.ProblemDetails;
        // A page that is not there for a reason of its own tells that one.
        var hasOwnWords = problem.Extensions.TryGetValue("code", out var own) && own is "not_found";
        Hosting.ProblemWriting.Complete(http, problem);
        var code = hasOwnWords ? "" : problem.Extensions["code"] as string ?? "";
        var told = ProblemWords.Detail(code);
        var page = new PageResult<ProblemPage>(
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(ProblemPage.Status)] = problem.Status,
                [nameof(ProblemPage.Title)] = ProblemWords.Title(code) ?? problem.Title,
                [nameof(ProblemPage.Detail)] = told ?? problem.Detail,
                [nameof(ProblemPage.Path)] = told?.Contains("{0}", StringComparison.Ordinal) is true ? http.Request.Path.Value : null,
                [nameof(ProblemPage.Parameters)] = code == "invalid_query" ? Parameters(problem) : [],
                [nameof(ProblemPage.Trace)] = problem.Extensions["trace_id"],
            },
            problem.Status ?? http.Response.StatusCode);
        await page.ExecuteAsync(http);
    }

    /// <summary>Each wrong parameter, and what is possible.</summary>
    private static List<(string Name, string Detail)> Parameters(ProblemDetails problem) =>
        problem.Extensions["errors"] is IEnumerable<Hosting.ProblemError> errors ? [.. errors.Select(error => (error.Pointer, error.Detail))] : [];
}
