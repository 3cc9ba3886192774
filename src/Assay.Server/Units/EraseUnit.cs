using System.Data.Common;
using Assay.Server.Access;
using Assay.Server.Events;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Units;

/// <summary><c>DELETE /units/{user_id}</c>: a person is forgotten.</summary>
internal static class EraseUnit
{
    /// <param name="user_id">The unit, percent-encoded.</param>
    public static async Task<Results<Ok<ErasedUnit>, ProblemHttpResult>> Handle(string user_id, HttpContext context, Caller caller, CommitQueue queue)
    {
        try
        {
            return await queue.EraseAsync(Decoded(context, user_id), caller.Name, context.RequestAborted) is { } erased
                ? TypedResults.Ok(erased)
                : Problems.Of(StatusCodes.Status404NotFound, "unknown_unit", "Unknown unit", "Nothing is stored of this unit.");
        }
        catch (Exception failure) when (failure is DbException or IOException)
        {
            return Unavailable.StorageFailed(context);
        }
    }

    /// <summary>The last part of the address as it was sent, decoded once: the server leaves %2F in a path as it is, so that "a/b" and "a%2Fb" would be one.</summary>
    private static string Decoded(HttpContext context, string routed)
    {
        if (context.Features.Get<IHttpRequestFeature>()?.RawTarget is not { Length: > 0 } target) return routed;
        var path = target.Split('?', 2)[0];
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }
}
