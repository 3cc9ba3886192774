using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Analysis.Designs;
using Assay.Analysis.Readouts;
using Assay.Server.Storage;

namespace Assay.Server.Cli.Export;

/// <summary>What the units alone do not tell: which commit they are of, as of when, and the design that they are judged by.</summary>
internal sealed record ExportFacts(
    string ExperimentId,
    string Status,
    int Iteration,
    int Epoch,
    DateTimeOffset? StartedAt,
    DateTimeOffset? StoppedAt,
    DateTimeOffset? ClosesAt,
    DateTimeOffset AsOf,
    long Watermark,
    long? Units,
    JsonObject Design)
{
    /// <summary>Rows written, where rows are and not units.</summary>
    public long? Rows { get; init; }

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UtcTime() },
    };

    public static ExportFacts Of(Experiment experiment, DateTimeOffset asOf, long watermark, long? units, long? rows = null) => new(
        experiment.Key,
        Wire.Name(experiment.Status),
        experiment.Iteration,
        experiment.Epoch,
        experiment.StartedAt,
        experiment.StoppedAt,
        experiment.ClosesAt,
        asOf,
        watermark,
        units,
        DesignWriter.Write(experiment.Design))
    {
        Rows = rows,
    };

    public string ToJson() => $"{JsonSerializer.Serialize(this, Json)}\n";
}
