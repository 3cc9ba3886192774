using System.Globalization;
using System.Text;

namespace Assay.Server.Cli.Export;

/// <summary>A row a unit (RFC 4180, lines end with a line feed). A cell without a value is empty.</summary>
internal sealed class CsvUnits(ExportShape shape) : IUnitFormat
{
    private static readonly string[] Own = ["unit", "user_id", "variation_index", .. UnitColumns.All];
    private static readonly string[] OfMetric = ["value", "events", "late", "matures_at", "completed"];

    /// <summary>A metric's columns are named by kind and metric, so that names of metrics and covariates cannot meet.</summary>
    public void AppendHead(StringBuilder text)
    {
        text.AppendJoin(',', Own);
        foreach (var metric in shape.Metrics)
            foreach (var kind in OfMetric) Cell(text, $"{kind}:{metric}");
        foreach (var covariate in shape.Covariates) Cell(text, $"covariate:{covariate}");
        foreach (var segment in shape.Segments) Cell(text, $"segment:{segment}");
        text.Append('\n');
    }

    public void Append(StringBuilder text, in ExportedUnit unit)
    {
        var measured = unit.Measured;
        text.Append(unit.Number);
        Cell(text, unit.UserId);
        text.Append(',').Append(measured.Arm);
        if (!unit.IsInArm)
        {
            text.Append(',', UnitColumns.All.Length + (OfMetric.Length * shape.Metrics.Length) + shape.Covariates.Length + shape.Segments.Length).Append('\n');
            return;
        }

        Cell(text, shape.Variations[measured.Arm]);
        Cell(text, Truth(measured.IsCrossover));
        Cell(text, ExportedUnit.Text(unit.FirstExposureAt!.Value));
        text.Append(',').Append(measured.Timing.Before).Append(',').Append(measured.Timing.InWindow).Append(',').Append(measured.Timing.After);
        foreach (ref readonly var value in measured.Metrics.AsSpan())
        {
            Number(text, value.Value);
            text.Append(',').Append(value.Events).Append(',').Append(value.LateArrivals);
            Cell(text, ExportedUnit.Text(value.MaturesAt));
            Cell(text, Truth(shape.IsCompleted(value)));
        }

        for (var i = 0; i < shape.Covariates.Length; i++)
        {
            if (measured.Covariates[(2 * i) + 1] == 0) Number(text, measured.Covariates[2 * i]);
            else text.Append(',');
        }

        for (var i = 0; i < shape.Segments.Length; i++) Cell(text, shape.SegmentOf(measured, i));
        text.Append('\n');
    }

    private static string Truth(bool value) => value ? "true" : "false";

    /// <summary>The shortest digits that read back as the same double.</summary>
    private static void Number(StringBuilder text, double value) => text.Append(CultureInfo.InvariantCulture, $",{value}");

    private static void Cell(StringBuilder text, string? value)
    {
        text.Append(',');
        if (value.AsSpan().ContainsAny(",\"\r\n")) text.Append('"').Append(value!.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else text.Append(value);
    }
}
