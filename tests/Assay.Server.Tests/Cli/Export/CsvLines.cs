using System.Text.Json;

namespace Assay.Server.Tests.Cli.Export;

/// <summary>The CSV that exported objects should make.</summary>
internal static class CsvLines
{
    private static readonly string[] Own = ["unit", "user_id", "variation_index", "variation", "crossover", "first_exposure_at", "events_before", "events_in_window", "events_after"];
    private static readonly string[] OfMetric = ["value", "events", "late", "matures_at", "completed"];

    public static string Of(IReadOnlyList<JsonElement> units)
    {
        var metrics = units[0].GetProperty("metrics").EnumerateObject().Select(metric => metric.Name).ToArray();
        var covariates = units[0].GetProperty("covariates").EnumerateObject().Select(covariate => covariate.Name).ToArray();
        string[] head = [.. Own, .. metrics.SelectMany(metric => OfMetric.Select(kind => $"{kind}:{metric}")), .. covariates.Select(covariate => $"covariate:{covariate}")];
        return string.Concat(units.Select(Row).Prepend(string.Join(',', head)).Select(line => $"{line}\n"));

        string Row(JsonElement unit) => string.Join(',', (string[])
        [
            .. Own.Select(name => Cell(unit.GetProperty(name))),
            .. metrics.Select(metric => unit.GetProperty("metrics").GetProperty(metric)).SelectMany(metric => OfMetric.Select(kind => metric.ValueKind == JsonValueKind.Null ? "" : Cell(metric.GetProperty(kind)))),
            .. covariates.Select(covariate => Cell(unit.GetProperty("covariates").GetProperty(covariate))),
        ]);
    }

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String when value.GetString()!.AsSpan().ContainsAny(",\"\n") => $"\"{value.GetString()!.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
