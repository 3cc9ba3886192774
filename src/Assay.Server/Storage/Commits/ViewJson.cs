using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>Views as stored: two that are the same are the same text.</summary>
internal static class ViewJson
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static string Write(ExperimentView view) => JsonSerializer.Serialize(view, Json);

    public static ExperimentView Read(string json) => JsonSerializer.Deserialize<ExperimentView>(json, Json)!;
}
