namespace Assay.Server.Dashboard.Forms;

/// <summary>303: what was sent is done, and its result is a page of this server. Loading that page again sends nothing again.</summary>
/// <param name="path">A path of this server.</param>
internal sealed class SeeOther(string path) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        // The handler tagged the answer as an experiment; this is none.
        httpContext.Response.Headers.Remove("ETag");
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = path;
        return Task.CompletedTask;
    }
}
