using Microsoft.Extensions.Primitives;

namespace Assay.Server.Hosting;

/// <summary>The methods that no route maps: HEAD is a GET whose body stays here, OPTIONS tells what an address answers to.</summary>
internal static class Methods
{
    /// <summary>Goes before routing, which then sees a GET. What is written to a HEAD never leaves: the server drops it by the method that came.</summary>
    public static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        var isOptions = HttpMethods.IsOptions(context.Request.Method);
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Features.Set(new HeadersOnly());
            context.Request.Method = HttpMethods.Get;
        }

        await next(context);
        if (context.Response is not { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed } response) return;
        response.Headers.Allow = Complete(response.Headers.Allow);
        if (isOptions) response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Whether only the headers were asked for: an answer without an end need not begin.</summary>
    public static bool WantsHeadersOnly(HttpContext context) => context.Features.Get<HeadersOnly>() is not null;

    private static string Complete(StringValues mapped)
    {
        var methods = new SortedSet<string>(mapped.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal) { HttpMethods.Options };
        if (methods.Contains(HttpMethods.Get)) methods.Add(HttpMethods.Head);
        return string.Join(", ", methods);
    }

    private sealed class HeadersOnly;
}
