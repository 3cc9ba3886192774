namespace Assay.Analysis.Designs;

/// <summary>Reads one metric, the same object everywhere; the primary's fields stand flat in <c>metrics</c> under another field for the name.</summary>
internal static class MetricReader
{
    private static readonly NumberRange Window = new(0.25, true, 2160, true);

    /// <param name="fields">The object that holds the metric's fields.</param>
    /// <param name="role">What the metric is for: it decides what is required.</param>
    /// <param name="defaultWindow">Hours, for a metric that names no window.</param>
    /// <param name="names">Names taken by other metrics.</param>
    public static Metric Read(Fields fields, MetricRole role, double defaultWindow, HashSet<string> names)
    {
        var nameField = role == MetricRole.Primary ? "primary_metric_name" : "name";
        var name = fields.Text(nameField, 100, required: true);
        if (name is not null && !names.Add(name)) fields.Report(nameField, DesignErrorCode.Duplicate, $"Another metric has the name '{name}'.");
        var type = fields.Choice("metric_type", required: true, later: MetricTypes.Later);
        if (type is { } known && MetricTypes.Later.Contains(known)) fields.Report("metric_type", DesignErrorCode.NotSupportedYet, "Ratio metrics are not supported yet.");
        var direction = fields.Choice<Direction>("direction") ?? Direction.Increase;
        var baseline = fields.Number("baseline_value", Baseline(type, role), required: role == MetricRole.Primary);
        if (baseline == 0 && role == MetricRole.Primary)
            fields.Report("baseline_value", DesignErrorCode.OutOfRange, "The detectable effect is a percentage of the baseline, which thus cannot be 0.");
        var metric = new Metric
        {
            Name = name ?? "",
            Event = fields.Text("event", 100) ?? name ?? "",
            Type = type ?? MetricType.Binary,
            Direction = direction,
            WindowHours = fields.Number("window_hours", Window) ?? defaultWindow,
            BaselineValue = baseline,
            StdDev = StandardDeviation(fields, type, role, baseline),
            NonInferiorityMarginPct = Margin(fields, role, direction),
        };
        fields.RefuseUnsupported("value_property", "filter", "cap", "numerator", "denominator");
        return metric;
    }

    public static double AttributionWindow(Fields metrics) => metrics.Number("attribution_window_hours", Window) ?? 72;

    private static NumberRange Baseline(MetricType? type, MetricRole role) => type switch
    {
        MetricType.Binary => NumberRange.Share,
        MetricType.Count => role == MetricRole.Primary ? NumberRange.Positive : NumberRange.NonNegative,
        _ => NumberRange.Value,
    };

    // A count without a declared spread is sized as Poisson, whose variance is its mean.
    private static double? StandardDeviation(Fields fields, MetricType? type, MetricRole role, double? baseline)
    {
        var required = role == MetricRole.Primary && type == MetricType.Continuous;
        return fields.Number("std_dev", NumberRange.Positive, required)
            ?? (role == MetricRole.Primary && type == MetricType.Count && baseline > 0 ? Math.Sqrt(baseline.Value) : null);
    }

    // A guardrail without a margin allows no loss at all: "safe" then asks for proof that nothing was lost, while harm is found all the same.
    private static double? Margin(Fields fields, MetricRole role, Direction direction)
    {
        var guardsIncrease = role == MetricRole.Guardrail && direction == Direction.Increase;
        var margin = fields.Number("non_inferiority_margin_pct", guardsIncrease ? new NumberRange(0, true, 100, false) : NumberRange.NonNegative);
        if (margin is not null && role != MetricRole.Guardrail)
        {
            fields.Report("non_inferiority_margin_pct", DesignErrorCode.InvalidValue, "Only a guardrail has a margin.");
            return null;
        }

        return margin ?? (role == MetricRole.Guardrail ? 0 : null);
    }
}

/// <summary>What a metric is for.</summary>
internal enum MetricRole
{
    Primary,
    FurtherPrimary,
    Secondary,
    Guardrail,
}
