using Assay.Server.Dashboard.Pages;

namespace Assay.Server.Dashboard;

/// <summary>Gives a person with a browser a page where a program gets a problem document: the same status, title and detail.</summary>
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
        Hosting.ProblemWriting.Complete(http, problem);
        var page = new PageResult<ProblemPage>(
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(ProblemPage.Status)] = problem.Status,
                [nameof(ProblemPage.Title)] = problem.Title,
                [nameof(ProblemPage.Detail)] = problem.Detail,
                [nameof(ProblemPage.Trace)] = problem.Extensions["trace_id"],
            },
            problem.Status ?? http.Response.StatusCode);
        await page.ExecuteAsync(http);
    }
}
