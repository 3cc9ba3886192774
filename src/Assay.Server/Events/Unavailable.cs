using Assay.Server.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Events;

/// <summary>The answer to a batch that cannot be taken now, and may be sent again as it is.</summary>
internal static class Unavailable
{
    private const string SecondsUntilRetry = "1";

    public static ProblemHttpResult Overloaded(HttpContext context, string why) => Of(context, "overloaded", why);

    public static ProblemHttpResult StorageFailed(HttpContext context) => Of(context, "storage_failed", "Storage did not take the batch.");

    private static ProblemHttpResult Of(HttpContext context, string code, string why)
    {
        context.Response.Headers.RetryAfter = SecondsUntilRetry;
        return Problems.Of(StatusCodes.Status503ServiceUnavailable, code, "Unavailable", $"{why} Nothing was acknowledged; send the same batch again.");
    }
}
