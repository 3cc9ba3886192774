using Assay.Server.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Access;

/// <summary>Pages are opened by a browser, which cannot send a header: a form takes the key once and a cookie carries it on.</summary>
internal static class SignIn
{
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapPost("/signin", EnterAsync).OpenToAll().ExcludeFromDescription();
        app.MapPost("/signout", LeaveAsync).OpenToAll().ExcludeFromDescription();
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

    private static async Task<IResult> LeaveAsync(HttpContext context, IAntiforgery forms)
    {
        if (await ReadFormAsync(context, forms) is null) return StaleForm();
        context.Response.Cookies.Delete(AccessCheck.Cookie, CookieOptions(context.Request));
        return TypedResults.Redirect("/signin");
    }

    private static async Task<IFormCollection?> ReadFormAsync(HttpContext context, IAntiforgery forms) =>
        context.Request.HasFormContentType && await forms.IsRequestValidAsync(context) ? await context.Request.ReadFormAsync(context.RequestAborted) : null;

    private static ProblemHttpResult StaleForm() =>
        Problems.Of(StatusCodes.Status400BadRequest, "stale_form", "The form is stale", "Open the page again and send the form from there.");

    private static CookieOptions CookieOptions(HttpRequest request) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = request.IsHttps, Path = "/", IsEssential = true };

    /// <summary>A path of this server only: a sign-in must not forward to somebody else's.</summary>
    private static string LocalPath(string path) =>
        path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) ? path : "/";
}
