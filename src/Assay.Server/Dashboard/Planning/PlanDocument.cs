using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Assay.Analysis.Designs;
using Assay.Server.Dashboard.Forms;
using Assay.Server.Dashboard.Wording;
using Assay.Server.Hosting;

namespace Assay.Server.Dashboard.Planning;

/// <summary>The design that a form stands for, as the API reads it, and where its places are in the form. No rule stands here: what is wrong is found by the reader of designs.</summary>
internal sealed record PlanDocument(JsonObject Design, ImmutableArray<(string Pointer, string Field)> Places)
{
    private static readonly string[] Numbers =
        ["setup/traffic_allocation", "setup/holdout_fraction", "setup/expected_daily_traffic", PlanFields.Window, "metrics/baseline_value", "metrics/std_dev", "metrics/mde_pct", "metrics/minimum_effect_pct", "metrics/alpha", "metrics/power", "constraints/n_looks"];

    private static readonly string[] Texts =
        [PlanFields.Key, "name", "hypothesis/statement", "hypothesis/owner", "setup/unit", "metrics/primary_metric_name", "metrics/event", "metrics/metric_type", "metrics/direction", "constraints/analysis", "constraints/spending"];

    private static readonly string[] MetricTexts = [PlanFields.Name, PlanFields.Event, PlanFields.Type, PlanFields.Direction];

    private static readonly string[] MetricNumbers = [PlanFields.WindowHours, PlanFields.Margin, PlanFields.Baseline, PlanFields.StdDev];

    /// <param name="form">What was typed.</param>
    /// <param name="kept">The design that the form began with; what the form does not show stays as it is there. It is changed.</param>
    public static PlanDocument Of(TypedForm form, JsonObject? kept)
    {
        var design = kept ?? [];
        var places = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var field in Texts) Put(design, field, form[field] is { Length: > 0 } text ? JsonValue.Create(text) : null);
        foreach (var field in Numbers) Put(design, field, Number(form, field));
        Put(design, "metrics/window_hours", null);
        PutVariations(design, form, places);
        PutMetrics(design, form, places);
        return new(design, places.ToImmutable());
    }

    /// <summary>A design to begin a form's with, for what the form does not show; what merely followed from the old numbers follows from the new ones.</summary>
    public static JsonObject Keep(Design design)
    {
        var kept = DesignWriter.Write(design);
        if (design.FutilityEffectPct == design.Metrics.MdePct) ((JsonObject)kept["policy"]!).Remove("futility_effect_pct");
        return kept;
    }

    /// <summary>The problem's errors, each by the name of the field that it is about, and of what was typed where a number is wanted.</summary>
    public ImmutableArray<ProblemError> Place(ImmutableArray<ProblemError> errors, TypedForm form) => [.. errors.Select(error =>
    {
        var place = Places.FirstOrDefault(place => error.Pointer == place.Pointer || error.Pointer.StartsWith(place.Pointer + "/", StringComparison.Ordinal));
        var placed = place.Pointer is null ? error : error with { Pointer = "/" + place.Field + error.Pointer[place.Pointer.Length..] };
        return placed.Code == DesignErrorCode.InvalidType && IsNumber(placed.Pointer[1..]) ? placed with { Detail = PlanWords.NoNumber(form[placed.Pointer[1..]]) } : placed;
    })];

    private static bool IsNumber(string field) =>
        Numbers.Contains(field, StringComparer.Ordinal) || field.StartsWith(PlanFields.Split + "/", StringComparison.Ordinal) || (field.StartsWith("more/", StringComparison.Ordinal) && MetricNumbers.Contains(field.Split('/')[^1], StringComparer.Ordinal));

    private static void PutVariations(JsonObject design, TypedForm form, ImmutableArray<(string, string)>.Builder places)
    {
        var values = (Section(design, "setup")["variations"] as JsonArray ?? []).OfType<JsonObject>().ToDictionary(variation => (string)variation["key"]!, variation => variation["value"], StringComparer.Ordinal);
        int[] rows = [.. PlanFields.Variations(form)];
        var (variations, weights) = (new JsonArray(), new JsonArray());
        foreach (var (index, row) in rows.Index())
        {
            var key = form[PlanFields.Variation(row)];
            var variation = new JsonObject { ["key"] = key };
            if (values.TryGetValue(key, out var value)) variation["value"] = value?.DeepClone();
            variations.Add(variation);
            weights.Add(Number(form, PlanFields.Weight(row)));
            places.Add(($"/setup/variations/{index}", $"setup/variations/{row}"));
            places.Add(($"/setup/traffic_split/{index}", PlanFields.Weight(row)));
        }

        Put(design, "setup/variations", variations);
        Put(design, PlanFields.Split, weights.Any(weight => weight is not null) ? weights : null);
        // What is wrong with all of them stands at the first.
        places.Add(("/setup/variations", PlanFields.Variation(0)));
        places.Add((("/" + PlanFields.Split), PlanFields.Weight(0)));
    }

    private static void PutMetrics(JsonObject design, TypedForm form, ImmutableArray<(string, string)>.Builder places)
    {
        foreach (var role in PlanChoices.Roles) Put(design, $"metrics/{role}", new JsonArray());
        foreach (var row in PlanFields.Metrics(form))
        {
            var metric = new JsonObject();
            foreach (var field in MetricTexts) Put(metric, field, form[PlanFields.Metric(row, field)] is { Length: > 0 } text ? JsonValue.Create(text) : null);
            foreach (var field in MetricNumbers) Put(metric, field, Number(form, PlanFields.Metric(row, field)));
            var role = form[PlanFields.Metric(row, PlanFields.Role)];
            if (!PlanChoices.Roles.Contains(role, StringComparer.Ordinal)) role = PlanChoices.Roles[0];
            var list = (JsonArray)Section(design, "metrics")[role]!;
            places.Add(($"/metrics/{role}/{list.Count}", $"more/{row}"));
            list.Add(metric);
        }
    }

    /// <summary>A number where one was typed; anything else goes on as text, and the reader says that it is none.</summary>
    private static JsonValue? Number(TypedForm form, string field) => form[field] is not { Length: > 0 } text ? null
        : TypedNumber.Parse(text, isPercent: field.EndsWith("_pct", StringComparison.Ordinal)) is { } number ? JsonValue.Create(number)
        : JsonValue.Create(text);

    /// <summary>Null takes the field away.</summary>
    private static void Put(JsonObject design, string field, JsonNode? value)
    {
        var (section, name) = field.Split('/') is [var outer, var inner] ? (outer, inner) : (null, field);
        if (value is null)
        {
            (section is null ? design : design[section] as JsonObject)?.Remove(name);
            return;
        }

        (section is null ? design : Section(design, section))[name] = value;
    }

    private static JsonObject Section(JsonObject design, string name)
    {
        if (design[name] is JsonObject section) return section;
        var added = new JsonObject();
        design[name] = added;
        return added;
    }
}
