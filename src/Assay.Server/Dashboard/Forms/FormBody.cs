using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assay.Server.Dashboard.Forms;

/// <summary>Between a browser's form and the handlers of the API: a form is turned into the JSON body that they read, so that every rule is theirs and stands once.</summary>
internal static class FormBody
{
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

    /// <summary>From here on the request has this body.</summary>
    public static void Become(HttpRequest request, JsonObject body)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());
        request.Body = new MemoryStream(bytes, writable: false);
        request.ContentLength = bytes.Length;
        request.ContentType = "application/json";
    }
}
