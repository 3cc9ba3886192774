using System.Text.Json;
using Assay.Analysis.Readouts;
using Assay.Server.Experiments;
using Assay.Server.Hosting;

namespace Assay.Server.Dashboard.Report;

/// <summary>A report as JSON: the experiment with its design and plan, its readout as live-stats tells it, and what was decided.</summary>
internal static class ReportDocument
{
    /// <summary>The readout is written by its own writer, so that it is what live-stats answers to the letter.</summary>
    public static byte[] Write(ExperimentSheet sheet)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = ServerBuilder.Json.Encoder }))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("experiment");
            JsonSerializer.Serialize(writer, ExperimentResource.Of(sheet.Experiment), ServerBuilder.Json);
            writer.WritePropertyName("readout");
            if (sheet.Readout is { } readout) writer.WriteRawValue(ReadoutJson.Write(readout));
            else writer.WriteNullValue();
            writer.WritePropertyName("decisions");
            JsonSerializer.Serialize(writer, sheet.Decisions, ServerBuilder.Json);
            writer.WritePropertyName("generated_at");
            JsonSerializer.Serialize(writer, sheet.Now, ServerBuilder.Json);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
