using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Analysis.Readouts;

/// <summary>How a readout is written, by the server and the command line alike: snake_case, unrounded, nulls written, times in UTC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcTime)])]
[JsonSerializable(typeof(Readout))]
[JsonSerializable(typeof(Crossing))]
[JsonSerializable(typeof(TimelineReadout))]
public sealed partial class ReadoutJson : JsonSerializerContext
{
    /// <summary>The readout as UTF-8 JSON.</summary>
    public static byte[] Write(Readout readout) => JsonSerializer.SerializeToUtf8Bytes(readout, Default.Readout);

    /// <summary>The course of a metric as UTF-8 JSON.</summary>
    public static byte[] Write(TimelineReadout timeline) => JsonSerializer.SerializeToUtf8Bytes(timeline, Default.TimelineReadout);
}
