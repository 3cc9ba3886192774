using System.Text.Json;

namespace Assay.Server.Dashboard.Past;

/// <summary>What the detail of an audit's entry says that a history tells. A detail that somebody has made into something else says nothing.</summary>
internal sealed record HistoryDetail
{
    public int? Version { get; init; }

    public int? Iteration { get; init; }

    /// <summary>Of a decision or a verdict.</summary>
    public int? Number { get; init; }

    public int? Look { get; init; }

    public int? Treatment { get; init; }

    public int? Variation { get; init; }

    public int? Recommended { get; init; }

    /// <summary>How many units it is of.</summary>
    public int? Units { get; init; }

    public string? Metric { get; init; }

    public string? Decision { get; init; }

    public string? Verdict { get; init; }

    public bool Crossed { get; init; }

    public bool Follows { get; init; }

    public static HistoryDetail Of(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var detail = document.RootElement;
            if (detail.ValueKind != JsonValueKind.Object) return new();
            return new()
            {
                Version = Whole(detail, "version"),
                Iteration = Whole(detail, "iteration"),
                Number = Whole(detail, "number"),
                Look = Whole(detail, "look"),
                Treatment = Whole(detail, "treatment_index"),
                Variation = Whole(detail, "variation_index"),
                Recommended = Whole(detail, "recommended_index"),
                Units = detail.TryGetProperty("units", out var units) && units.ValueKind == JsonValueKind.Array ? units.GetArrayLength() : null,
                Metric = Text(detail, "metric"),
                Decision = Text(detail, "decision"),
                Verdict = Text(detail, "verdict"),
                Crossed = detail.TryGetProperty("crossed", out var crossed) && crossed.ValueKind == JsonValueKind.True,
                Follows = detail.TryGetProperty("follows_verdict", out var follows) && follows.ValueKind == JsonValueKind.True,
            };
        }
        catch (JsonException)
        {
            // The chain tells that the entry was changed.
            return new();
        }
    }

    private static int? Whole(JsonElement detail, string field) => detail.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static string? Text(JsonElement detail, string field) => detail.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
