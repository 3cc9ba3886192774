using System.Globalization;
using Assay.Server.Dashboard.Wording;

namespace Assay.Server.Dashboard.Planning;

/// <summary>What the forms of a plan call their fields, for what is said of a field elsewhere than beside it.</summary>
internal static class PlanLabels
{
    /// <summary>The label of a field, with what it is of where several have it; null for what no form shows.</summary>
    public static string? Of(string field) => field.Split('/') switch
    {
        ["more", var row, var own] when Row(row) is { } number && OfMetric(own) is { } label => Labels.Pair(PlanWords.Row(number), label),
        ["setup", "variations", var row, "key"] when Row(row) is { } number => PlanWords.Variation(number),
        ["setup", "traffic_split", var row] when Row(row) is { } number => PlanWords.WeightOf(number),
        ["metrics", var own] when OfPrimary(own) is { } label => Labels.Pair(PlanWords.Primary, label),
        _ => OfPlan(field),
    };

    private static int? Row(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : null;

    private static string? OfMetric(string field) => field switch
    {
        PlanFields.Name => PlanWords.MetricName,
        PlanFields.Role => PlanWords.RoleHead,
        PlanFields.Event => PlanWords.Event,
        PlanFields.Type => PlanWords.Type,
        PlanFields.Direction => PlanWords.Direction,
        PlanFields.WindowHours => PlanWords.Window,
        PlanFields.Margin => PlanWords.Margin,
        PlanFields.Baseline => PlanWords.Baseline,
        PlanFields.StdDev => PlanWords.StdDev,
        _ => null,
    };

    private static string? OfPrimary(string field) => field switch
    {
        "primary_metric_name" => PlanWords.MetricName,
        "attribution_window_hours" => PlanWords.Window,
        PlanFields.Event or PlanFields.Type or PlanFields.Direction or PlanFields.Baseline or PlanFields.StdDev => OfMetric(field),
        _ => null,
    };

    private static string? OfPlan(string field) => field switch
    {
        PlanFields.Key => PlanWords.Key,
        "name" => PlanWords.Name,
        Amending.ShowAmend.Reason => ActWords.Reason,
        "hypothesis/owner" => PlanWords.Owner,
        "hypothesis/statement" => PlanWords.Statement,
        "setup/expected_daily_traffic" => PlanWords.Daily,
        "setup/traffic_allocation" => PlanWords.Allocation,
        "setup/holdout_fraction" => PlanWords.Holdout,
        "setup/unit" => PlanWords.Unit,
        "metrics/mde_pct" => PlanWords.Mde,
        "metrics/minimum_effect_pct" => PlanWords.Minimum,
        "metrics/alpha" => PlanWords.Alpha,
        "metrics/power" => PlanWords.Power,
        "constraints/analysis" => PlanWords.Method,
        "constraints/n_looks" => PlanWords.Looks,
        "constraints/spending" => PlanWords.Spending,
        _ => null,
    };
}
