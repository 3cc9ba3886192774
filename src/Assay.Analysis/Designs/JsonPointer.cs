using System.Globalization;

namespace Assay.Analysis.Designs;

/// <summary>JSON pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    public static string To(string parent, string field) =>
        $"{parent}/{field.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static string To(string parent, int index) => string.Create(CultureInfo.InvariantCulture, $"{parent}/{index}");
}
