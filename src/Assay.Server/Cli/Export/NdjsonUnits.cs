using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.Server.Cli.Export;

/// <summary>A JSON object a line and a unit. What a unit does not have is null.</summary>
internal sealed class NdjsonUnits(ExportShape shape) : IUnitFormat
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly ArrayBufferWriter<byte> _line = new();

    public void AppendHead(StringBuilder text)
    {
    }

    public void Append(StringBuilder text, in ExportedUnit unit)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line, Readable)) Write(json, unit);
        text.Append(Encoding.UTF8.GetString(_line.WrittenSpan)).Append('\n');
    }

    private void Write(Utf8JsonWriter json, in ExportedUnit unit)
    {
        var measured = unit.Measured;
        json.WriteStartObject();
        json.WriteNumber("unit", unit.Number);
        json.WriteString("user_id", unit.UserId);
        json.WriteNumber("variation_index", measured.Arm);
        if (unit.IsInArm)
        {
            json.WriteString(UnitColumns.Variation, shape.Variations[measured.Arm]);
            json.WriteBoolean(UnitColumns.Crossover, measured.IsCrossover);
            json.WriteString(UnitColumns.FirstExposureAt, ExportedUnit.Text(unit.FirstExposureAt!.Value));
            json.WriteNumber(UnitColumns.EventsBefore, measured.Timing.Before);
            json.WriteNumber(UnitColumns.EventsInWindow, measured.Timing.InWindow);
            json.WriteNumber(UnitColumns.EventsAfter, measured.Timing.After);
        }
        else
        {
            foreach (var name in UnitColumns.All) json.WriteNull(name);
        }

        WriteMetrics(json, unit);
        json.WriteStartObject("covariates");
        for (var i = 0; i < shape.Covariates.Length; i++)
        {
            if (unit.IsInArm && measured.Covariates[(2 * i) + 1] == 0) json.WriteNumber(shape.Covariates[i], measured.Covariates[2 * i]);
            else json.WriteNull(shape.Covariates[i]);
        }

        json.WriteEndObject();
        json.WriteStartObject("segments");
        for (var i = 0; i < shape.Segments.Length; i++) json.WriteString(shape.Segments[i], unit.IsInArm ? shape.SegmentOf(measured, i) : null);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteMetrics(Utf8JsonWriter json, in ExportedUnit unit)
    {
        json.WriteStartObject("metrics");
        for (var i = 0; i < shape.Metrics.Length; i++)
        {
            if (!unit.IsInArm)
            {
                json.WriteNull(shape.Metrics[i]);
                continue;
            }

            var value = unit.Measured.Metrics[i];
            json.WriteStartObject(shape.Metrics[i]);
            json.WriteNumber("value", value.Value);
            json.WriteNumber("events", value.Events);
            json.WriteNumber("late", value.LateArrivals);
            json.WriteString("matures_at", ExportedUnit.Text(value.MaturesAt));
            json.WriteBoolean("completed", shape.IsCompleted(value));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
