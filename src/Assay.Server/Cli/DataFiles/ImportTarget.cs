using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Server.Cli.DataFiles;

/// <summary>The experiment that a file goes into, as the server describes it.</summary>
/// <param name="Status">Where it stands in its life.</param>
/// <param name="StartedAt">Its start; null before.</param>
/// <param name="Variations">Keys of its variations.</param>
/// <param name="Metrics">The event's name and type of each metric, by the metric's name.</param>
/// <param name="Covariates">Names of its covariates.</param>
internal sealed record ImportTarget(
    string Status, DateTimeOffset? StartedAt, ImmutableArray<string> Variations, ImmutableDictionary<string, (string Event, string Type)> Metrics, ImmutableArray<string> Covariates)
{
    public static ImportTarget Read(JsonElement experiment)
    {
        var design = experiment.GetProperty("design");
        var metrics = design.GetProperty("metrics");
        var named = ImmutableDictionary.CreateBuilder<string, (string, string)>(StringComparer.Ordinal);
        var primary = Text(metrics, "primary_metric_name")!;
        named[primary] = (Text(metrics, "event") ?? primary, Text(metrics, "metric_type")!);
        foreach (var role in (string[])["more_primaries", "secondary", "guardrails"])
            foreach (var metric in Items(metrics, role))
                named[Text(metric, "name")!] = (Text(metric, "event") ?? Text(metric, "name")!, Text(metric, "metric_type")!);
        return new ImportTarget(
            Text(experiment, "status")!,
            Text(experiment, "started_at") is null ? null : experiment.GetProperty("started_at").GetDateTimeOffset(),
            [.. Items(design.GetProperty("setup"), "variations").Select(variation => Text(variation, "key")!)],
            named.ToImmutable(),
            [.. Items(metrics, "covariates").Select(covariate => Text(covariate, "name")!)]);
    }

    /// <summary>The name of each metric's event.</summary>
    /// <exception cref="DataFileException">The file holds what the experiment does not know.</exception>
    public ImmutableArray<string> EventNames(DataFile file, DataFileShape shape, string experiment)
    {
        foreach (var variation in file.Variations.Except(Variations, StringComparer.Ordinal))
            throw new DataFileException($"{file.Name}, column {shape.VariationColumn}: experiment '{experiment}' has no variation '{variation}'.");
        foreach (var covariate in shape.Covariates.Except(Covariates, StringComparer.Ordinal))
            throw new DataFileException($"--covariate {covariate}: experiment '{experiment}' has no such covariate.");
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var metric in shape.Metrics)
        {
            if (!Metrics.TryGetValue(metric.Column, out var known)) throw new DataFileException($"--metric {metric.Column}: experiment '{experiment}' has no such metric.");
            if (!string.Equals(known.Type, metric.Type.ToString(), StringComparison.OrdinalIgnoreCase))
                throw new DataFileException($"--metric {metric.Column}: it is {known.Type} in experiment '{experiment}'.");
            names.Add(known.Event);
        }

        return names.ToImmutable();
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement[] Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [];
}
