using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Assay.Server.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Net.Http.Headers;
namespace Assay.Server.Dashboard;

/// <summary>A page, rendered whole before the first byte: it has an entity tag of its content, so that asking again for an unchanged page costs nothing on the way.</summary>
internal sealed partial class PageResult<TPage>(IReadOnlyDictionary<string, object?> parameters, int status = StatusCodes.Status200OK) : IResult
    where TPage : IComponent
{
    /// <summary>Nothing from elsewhere, nothing inline.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public async Task ExecuteAsync(HttpContext httpContext) =>
        await AnswerAsync(httpContext, Encoding.UTF8.GetBytes(await RenderAsync(httpContext.RequestServices, parameters, IsSignedIn(httpContext))), status);

    /// <summary>Sends a page that is rendered.</summary>
    public static async Task AnswerAsync(HttpContext context, byte[] body, int status = StatusCodes.Status200OK)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "private, no-cache";
        headers.Vary = Languages.Vary;
        if (status != StatusCodes.Status200OK)
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
            return;
        }

        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..24]}\"");
        await TypedResults.Bytes(body, "text/html; charset=utf-8", entityTag: tag).ExecuteAsync(context);
    }

    public static async Task<string> RenderAsync(IServiceProvider services, IReadOnlyDictionary<string, object?> parameters, bool signedIn = false) =>
        "<!DOCTYPE html>\n" + Tag().Replace(await RenderMarkupAsync(services, parameters, signedIn), tag => QuotedWord().Replace(tag.Value, "=${word}"));

    /// <summary>What is no page but a part of one, or a picture.</summary>
    public static async Task<string> RenderMarkupAsync(IServiceProvider services, IReadOnlyDictionary<string, object?> parameters, bool signedIn = false)
    {
        await using var renderer = new HtmlRenderer(new InUtf8(services), services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<CascadingValue<bool>>(ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(CascadingValue<>.Name)] = nameof(Parts.Frame.SignedIn),
                [nameof(CascadingValue<>.Value)] = signedIn,
                [nameof(CascadingValue<>.IsFixed)] = true,
                [nameof(CascadingValue<>.ChildContent)] = (RenderFragment)(page =>
                {
                    page.OpenComponent<TPage>(0);
                    page.AddMultipleAttributes(1, parameters.Select(parameter => KeyValuePair.Create(parameter.Key, parameter.Value!)));
                    page.CloseComponent();
                }),
            }));
            return Shorten(root.ToHtmlString());
        });
    }

    /// <summary>
    /// A page of ten arms without what says nothing: what the source is indented by, the end tags of marks in pictures, those of rows, cells, items, choices and parts of tables, which HTML leaves out as well, and the six letters that the encoder, for fear of UTF-7, writes for a plus.
    /// </summary>
    private static string Shorten(string html) => EndOfItem().Replace(EndOfMark().Replace(Indentation().Replace(html, "\n"), "/>"), "").Replace("&#x2B;", "+", StringComparison.Ordinal);

    [GeneratedRegex("(?<=<(line|circle|rect|path|use)( [^<>]*)?)></(line|circle|rect|path|use)>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EndOfMark();

    [GeneratedRegex(@"</(t[dhr]|li|option|dt|dd)>|</thead>(?=\s*<tbody)|</tbody>(?=\s*</table>)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EndOfItem();

    /// <summary>A start tag of a page. What is written in text or an attribute has neither bracket, since both are encoded.</summary>
    [GeneratedRegex("<[a-z][^<>]*>", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();

    /// <summary>A value that HTML reads without its quotes as well; XML does not, so that a picture as a file keeps them.</summary>
    [GeneratedRegex(@"=""(?<word>[A-Za-z0-9_-]+)""(?=[\s>])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QuotedWord();

    [GeneratedRegex(@"\n\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Indentation();

    /// <summary>Whether the browser carries a key that let it in; on an open server nobody needs one.</summary>
    public static bool IsSignedIn(HttpContext context) =>
        context.Request.Cookies.ContainsKey(AccessCheck.Cookie) && context.Features.Get<Caller>() is { } caller && caller != Caller.Open;

    /// <summary>The page is UTF-8: a minus or a name in Greek is written as itself, not as a number of eight letters.</summary>
    private sealed class InUtf8(IServiceProvider services) : IServiceProvider
    {
        private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

        public object? GetService(Type serviceType) => serviceType == typeof(HtmlEncoder) ? Encoder : services.GetService(serviceType);
    }
}
