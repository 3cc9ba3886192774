using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Assay.Server.Results.Past;

/// <summary>What of a recorded document comes out otherwise. A member that is derived and was not recorded is of a later version, and no difference.</summary>
/// <remarks>Sentences are not compared where there is one on both sides: a later version may word the same finding otherwise. What they were is held by the hash in the audit.</remarks>
internal static class JsonDifferences
{
    private static readonly ImmutableHashSet<string> Prose = ["sentence", "disclaimer", "title", "detail", "action", "verdict", "titles"];

    public static IEnumerable<RecordDifference> Of(string pointer, JsonElement recorded, JsonElement derived)
    {
        if (recorded.ValueKind == JsonValueKind.Object && derived.ValueKind == JsonValueKind.Object)
            return recorded.EnumerateObject().SelectMany(member => Member(pointer, member, derived));
        if (recorded.ValueKind == JsonValueKind.Array && derived.ValueKind == JsonValueKind.Array && recorded.GetArrayLength() == derived.GetArrayLength())
            return recorded.EnumerateArray().SelectMany((item, index) => Of(string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}"), item, derived[index]));
        return JsonElement.DeepEquals(recorded, derived) ? [] : [new RecordDifference(pointer, recorded, derived)];
    }

    private static IEnumerable<RecordDifference> Member(string pointer, JsonProperty member, JsonElement derived)
    {
        var place = $"{pointer}/{member.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
        if (!derived.TryGetProperty(member.Name, out var found)) return [new RecordDifference(place, member.Value, null)];
        return Prose.Contains(member.Name) && AreWords(member.Value, found) ? [] : Of(place, member.Value, found);
    }

    private static bool AreWords(JsonElement one, JsonElement other) =>
        one.ValueKind == JsonValueKind.Array && other.ValueKind == JsonValueKind.Array
            ? one.GetArrayLength() == other.GetArrayLength() && one.EnumerateArray().Concat(other.EnumerateArray()).All(word => word.ValueKind == JsonValueKind.String)
            : one.ValueKind == JsonValueKind.String && other.ValueKind == JsonValueKind.String;
}
