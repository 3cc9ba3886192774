using System.Globalization;
using Assay.Server.Dashboard.Forms;

namespace Assay.Server.Dashboard.Planning;

/// <summary>The fields of the form for a new experiment. Each is named by its place in the design, so that the API's errors find it; metrics beside the first primary stand in one list, whatever they are for.</summary>
internal static class PlanFields
{
    /// <summary>The experiment whose design the form began with: what the form does not show is kept from it.</summary>
    public const string From = "from";

    public const string Key = "key";
    public const string Split = "setup/traffic_split";
    public const string Window = "metrics/attribution_window_hours";
    public const string Role = "role";
    public const string Name = "name";
    public const string Event = "event";
    public const string Type = "metric_type";
    public const string Direction = "direction";
    public const string WindowHours = "window_hours";
    public const string Margin = "non_inferiority_margin_pct";
    public const string Baseline = "baseline_value";
    public const string StdDev = "std_dev";

    private const int MostVariations = 10;
    private const int MostMetrics = 30;

    public static string Variation(int row) => $"setup/variations/{Text(row)}/key";

    public static string Weight(int row) => $"{Split}/{Text(row)}";

    /// <summary>A field of a metric beside the first primary.</summary>
    public static string Metric(int row, string field) => $"more/{Text(row)}/{field}";

    public static string Primary(string field) => field == Name ? "metrics/primary_metric_name" : $"metrics/{field}";

    /// <summary>Rows in which something was typed.</summary>
    public static IEnumerable<int> Variations(TypedForm form) =>
        Enumerable.Range(0, MostVariations).Where(row => form[Variation(row)].Length > 0 || form[Weight(row)].Length > 0);

    /// <summary>Rows in which something was typed; what is chosen from a list has always a value.</summary>
    public static IEnumerable<int> Metrics(TypedForm form) => Enumerable.Range(0, MostMetrics)
        .Where(row => ((ReadOnlySpan<string>)[Name, Event, WindowHours, Margin, Baseline, StdDev]).ToArray().Any(field => form[Metric(row, field)].Length > 0));

    /// <summary>The rows to show: what was typed, and one more for the next.</summary>
    public static int VariationRows(TypedForm form) => Math.Min(MostVariations, Math.Max(3, Variations(form).DefaultIfEmpty(-1).Last() + 2));

    public static int MetricRows(TypedForm form) => Math.Min(MostMetrics, Math.Max(2, Metrics(form).DefaultIfEmpty(-1).Last() + 2));

    private static string Text(int row) => row.ToString(CultureInfo.InvariantCulture);
}
