using System.Text.Json;

namespace Assay.Server.Hosting;

/// <summary>JSON pointers (RFC 6901) to the fields of a body.</summary>
internal static class Pointers
{
    public static string To(JsonProperty field) => To(field.Name);

    public static string To(string field) => $"/{field.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
