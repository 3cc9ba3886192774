using Assay.Server.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Results;

/// <summary><c>GET …/timeline</c>, which this version refuses in plain words rather than as an unknown path.</summary>
internal static class GetTimeline
{
    public static ProblemHttpResult Handle() => Problems.Of(
        StatusCodes.Status501NotImplemented, "not_supported_yet", "Not supported yet", "This version cannot tell the course of an experiment yet; live-stats has its last point.");
}
