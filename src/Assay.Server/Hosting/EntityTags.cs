using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Hosting;

/// <summary>Conditional requests: what a reader has already, and what a writer believes it is changing.</summary>
internal static class EntityTags
{
    /// <summary>Whether the reader's copy is this one: answer 304.</summary>
    public static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag) =>
        request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false));

    /// <summary>412 when the writer believes in another version; null when it believes in this one or sent no If-Match.</summary>
    public static ProblemHttpResult? Mismatch(HttpRequest request, EntityTagHeaderValue tag)
    {
        if (request.Headers.IfMatch.Count == 0) return null;
        var matches = request.GetTypedHeaders().IfMatch.Any(believed => believed.Equals(EntityTagHeaderValue.Any) || believed.Compare(tag, useStrongComparison: true));
        return matches ? null : Changed();
    }

    public static ProblemHttpResult Changed() => Problems.Of(
        StatusCodes.Status412PreconditionFailed, "version_mismatch", "Changed meanwhile", "The experiment is no longer the version that If-Match names; read it again.");

    public static ProblemHttpResult Required() => Problems.Of(
        StatusCodes.Status428PreconditionRequired, "precondition_required", "If-Match is required", "Send If-Match with the ETag of the version that is to be replaced.");
}
