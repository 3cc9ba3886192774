using System.Text.Json;

namespace Assay.Server.Hosting;

/// <summary>JSON pointers (RFC 6901) to the fields of a body.</summary>
internal static class Pointers
{
    public static string To(JsonProperty field)
    {
        try
        {
            return $"/{field.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair is no text; nothing can point to it.
            return "";
        }
    }
}
