using System.Net;
using Assay.Server.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Access;

/// <summary>Pages are opened by a browser, which cannot send a header: a form takes the key once and a cookie carries it on.</summary>
internal static class SignIn
{
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapPost("/signin", EnterAsync).OpenToAll().NeedsStorage().ExcludeFromDescription();
        app.MapPost("/signout", Leave).OpenToAll().ExcludeFromDescription();
    }

    private static async Task<IResult> EnterAsync(HttpContext context, KeyRing keys, IAntiforgery forms, CancellationToken cancellation)
    {
        if (await ReadFormAsync(context, forms) is not { } form) return StaleForm();
        var secret = form["key"].ToString().Trim();
        var back = LocalPath(form["return"].ToString());
        if (secret.Length == 0 || await keys.FindAsync(secret, cancellation) is null)
            return TypedResults.Redirect($"/signin?failed=1&return={Uri.EscapeDataString(back)}");

        context.Response.Cookies.Append(AccessCheck.Cookie, secret, CookieOptions(context.Request));
        return TypedResults.Redirect(back);
    }

    /// <summary>Takes no form token: a button stands on every page, and a token would make each rendering of an unchanged page another one. <see cref="BrowserGuard"/> refuses other sites.</summary>
    private static RedirectHttpResult Leave(HttpContext context)
    {
        context.Response.Cookies.Delete(AccessCheck.Cookie, CookieOptions(context.Request));
        return TypedResults.Redirect("/signin");
    }

    private static async Task<IFormCollection?> ReadFormAsync(HttpContext context, IAntiforgery forms) =>
        context.Request.HasFormContentType && await forms.IsRequestValidAsync(context) ? await context.Request.ReadFormAsync(context.RequestAborted) : null;

    private static ProblemHttpResult StaleForm() =>
        Problems.Of(StatusCodes.Status400BadRequest, "stale_form", "The form is stale", "Open the page again and send the form from there.");

    private static CookieOptions CookieOptions(HttpRequest request) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = IsSecure(request), Path = "/", IsEssential = true };

    /// <summary>The server itself speaks http; a proxy in front says what the browser speaks, and only one on this machine is believed. The browser's own word is the origin of the form.</summary>
    private static bool IsSecure(HttpRequest request) =>
        request.IsHttps
        || request.Headers.Origin.ToString().StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || (request.HttpContext.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer)
            && request.Headers["X-Forwarded-Proto"].ToString().Split(',')[0].Trim().Equals("https", StringComparison.OrdinalIgnoreCase));

    /// <summary>A path of this server only: a sign-in must not forward to somebody else's. Browsers drop tabs and line ends from an address, so <c>/⇥/evil</c> is <c>//evil</c> to them.</summary>
    private static string LocalPath(string path) =>
        path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl) ? path : "/";
}
