using System.Globalization;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Results;

/// <summary>Why an experiment is not computed again from its rows.</summary>
internal static class VerificationProblems
{
    public static ProblemHttpResult Sealed(string key, long since) => Problems.Of(
        StatusCodes.Status409Conflict,
        "sealed",
        "Rows removed",
        string.Create(CultureInfo.InvariantCulture, $"The rows of '{key}' were removed on {Microseconds.ToTime(since).UtcDateTime:yyyy-MM-dd} by retention: its results stay as they were, and cannot be computed again."));

    public static ProblemHttpResult Busy(HttpContext context, string why)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problems.Of(StatusCodes.Status503ServiceUnavailable, "busy", "Busy", why);
    }
}
