using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assay.Server.Dashboard.Forms;

/// <summary>Between a browser's form and the handlers of the API: a form is turned into the JSON body that they read, so that every rule is theirs and stands once.</summary>
internal static class FormBody
{
    /// <summary>The field of the version that a form was opened on, as a tag: another change in between is told and not undone.</summary>
    public const string Version = "version";

    /// <summary>Every field once, line ends as one character; empty where the body is no form.</summary>
    /// <exception cref="BadHttpRequestException">The form is broken or beyond the limits of a form.</exception>
    public static async Task<TypedForm> ReadAsync(HttpRequest request)
    {
        if (!request.HasFormContentType) return TypedForm.Blank;
        try
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return new(form.ToImmutableDictionary(field => field.Key, field => field.Value.ToString().ReplaceLineEndings("\n"), StringComparer.Ordinal));
        }
        catch (InvalidDataException broken)
        {
            throw new BadHttpRequestException(broken.Message, StatusCodes.Status400BadRequest, broken);
        }
    }

    /// <summary>The handler that follows changes the version that the form was opened on, or nothing.</summary>
    public static void Match(HttpRequest request, TypedForm form)
    {
        if (form[Version] is { Length: > 0 } version) request.Headers.IfMatch = version;
    }

    /// <summary>From here on the request has this body.</summary>
    public static void Become(HttpRequest request, JsonObject body)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());
        request.Body = new MemoryStream(bytes, writable: false);
        request.ContentLength = bytes.Length;
        request.ContentType = "application/json";
    }
}
