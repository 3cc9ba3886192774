using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Access;

/// <summary>Looks at every request before its handler: is the address one of ours, does the caller hold the scope that stands on the endpoint.</summary>
internal static class AccessCheck
{
    public const string Cookie = "assay_key";
    private const string Bearer = "Bearer ";

    public static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            // No route or a wrong method: nothing to protect, and the answer is a problem in any case.
            await next(context);
            return;
        }

        var keys = context.RequestServices.GetRequiredService<KeyRing>();
        var requirement = endpoint.Metadata.GetMetadata<ScopeRequirement>()
            ?? throw new InvalidOperationException($"No scope stands on {endpoint.DisplayName}.");
        var refusal = BrowserGuard.Refuse(context.Request, context.RequestServices.GetRequiredService<AssayOptions>());
        if (refusal is null && !requirement.IsOpen) refusal = await AdmitAsync(context, requirement, keys);
        if (refusal is null) await next(context);
        else await refusal.ExecuteAsync(context);
    }

    private static async Task<IResult?> AdmitAsync(HttpContext context, ScopeRequirement requirement, KeyRing keys)
    {
        var cancellation = context.RequestAborted;
        if (await keys.IsOpenAsync(cancellation))
        {
            context.Features.Set(Caller.Open);
            return null;
        }

        var secret = SecretOf(context.Request);
        if (secret is null || await keys.FindAsync(secret, cancellation) is not { } key) return Unauthenticated(context, secret is not null);
        if (!requirement.IsMetBy(key.Scope)) return Forbidden(key.Scope, requirement);
        context.Features.Set(new Caller(key.Id, key.Scope));
        return null;
    }

    private static string? SecretOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return header[Bearer.Length..].Trim();
        return header.Length > 0 ? header : request.Cookies[Cookie];
    }

    private static IResult Unauthenticated(HttpContext context, bool sent)
    {
        if (IsPage(context.Request))
            return TypedResults.Redirect($"/signin?return={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");

        context.Response.Headers.WWWAuthenticate = sent ? "Bearer realm=\"assay\", error=\"invalid_token\"" : "Bearer realm=\"assay\"";
        return sent
            ? Problems.Of(StatusCodes.Status401Unauthorized, "unknown_key", "Unknown key", "The key that was sent is not one of this installation.")
            : Problems.Of(StatusCodes.Status401Unauthorized, "unauthenticated", "A key is needed", "Send a key: Authorization: Bearer ….");
    }

    private static ProblemHttpResult Forbidden(AccessScope held, ScopeRequirement requirement) => Problems.Of(
        StatusCodes.Status403Forbidden,
        "insufficient_scope",
        "The key's scope does not allow this",
        $"This needs scope {string.Join(" or ", requirement.AnyOf.Select(Wire.Name))}; the key has {Wire.Name(held)}.");

    private static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
