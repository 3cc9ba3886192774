using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Analysis.Designs;
using Assay.Statistics;

namespace Assay.Server.Cli.DataFiles;

/// <summary>The design document of an experiment made for a data file: baseline and standard deviation are those of the control rows.</summary>
internal static class ImportDesign
{
    public static JsonElement Of(DataFile file, DataFileShape shape, string key, double mdePct, double windowHours)
    {
        var primary = shape.Metrics[0];
        var control = Moments.Of([.. DataUnits.Of(file, shape).Where(unit => unit.Arm == 0).Select(unit => unit.Values[0])]);
        var metrics = new JsonObject
        {
            ["primary_metric_name"] = primary.Column,
            ["metric_type"] = TypeName(primary.Type),
            ["baseline_value"] = control.Mean,
            ["mde_pct"] = mdePct,
            ["attribution_window_hours"] = windowHours,
            ["secondary"] = new JsonArray([.. shape.Metrics.Skip(1).Select(metric => new JsonObject { ["name"] = metric.Column, ["metric_type"] = TypeName(metric.Type) })]),
            ["covariates"] = new JsonArray([.. shape.Covariates.Select(name => new JsonObject { ["name"] = name, ["source"] = "pre_period" })]),
        };
        if (primary.Type != MetricType.Binary && control.Count > 1) metrics["std_dev"] = Math.Sqrt(control.Variance);
        var setup = new JsonObject { ["variations"] = new JsonArray([.. file.Variations.Select(variation => new JsonObject { ["key"] = variation })]) };
        if (shape.Split.Length > 0) setup["traffic_split"] = new JsonArray([.. shape.Split.Select(weight => JsonValue.Create(weight))]);
        return JsonSerializer.SerializeToElement(new JsonObject { ["key"] = key, ["name"] = file.Name, ["setup"] = setup, ["metrics"] = metrics });
    }

    private static string TypeName(MetricType type) => type switch
    {
        MetricType.Binary => "binary",
        MetricType.Count => "count",
        _ => "continuous",
    };
}
