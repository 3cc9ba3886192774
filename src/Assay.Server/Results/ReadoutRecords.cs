using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Analysis.Readouts;
using Assay.Server.Storage;
using Assay.Server.Storage.Auditing;

namespace Assay.Server.Results;

/// <summary>What is recorded of a readout, with what the audit says of it.</summary>
internal static class ReadoutRecords
{
    /// <summary>Who the audit says it was.</summary>
    public const string Actor = "assay";

    public static (RecordRow Row, AuditEntry Audit) Of(Experiment experiment, LookReadout look, DateTimeOffset now) => Told(
        "look_taken",
        Row(experiment, RecordKind.Look, string.Create(CultureInfo.InvariantCulture, $"{look.Metric}/{look.TreatmentIndex}/{look.Look}"), now, look.TakenAt, look.Watermark, JsonSerializer.Serialize(look, ReadoutJson.Default.LookReadout)),
        ("metric", look.Metric),
        ("treatment_index", look.TreatmentIndex),
        ("look", look.Look),
        ("crossed", look.Crossed));

    public static (RecordRow Row, AuditEntry Audit) Of(Experiment experiment, Crossing crossing, DateTimeOffset now) => Told(
        "crossed",
        Row(experiment, RecordKind.Crossing, string.Create(CultureInfo.InvariantCulture, $"{crossing.Metric}/{crossing.TreatmentIndex}"), now, crossing.CrossedAt, crossing.Watermark, JsonSerializer.Serialize(crossing, ReadoutJson.Default.Crossing)),
        ("metric", crossing.Metric),
        ("treatment_index", crossing.TreatmentIndex));

    /// <summary>The verdict of a readout, with the moments that it was drawn from.</summary>
    public static (RecordRow Row, AuditEntry Audit) Of(Experiment experiment, Readout readout, ReadoutInput input, DateTimeOffset now)
    {
        var number = experiment.Recorded.Verdicts + 1;
        return Told(
            "verdict_changed",
            Row(experiment, RecordKind.Verdict, number.ToString(CultureInfo.InvariantCulture), now, readout.AsOf, readout.Watermark ?? 0, JsonSerializer.Serialize(readout.Verdict, ReadoutJson.Default.VerdictReadout)) with
            {
                Moments = GetMoments.Write(experiment.Design, input.Measured, readout.AsOf),
            },
            ("number", number),
            ("verdict", Wire.Name(readout.Verdict.Status)),
            ("recommended_index", readout.Verdict.RecommendedIndex));
    }

    public static RecordRow Row(Experiment experiment, RecordKind kind, string name, DateTimeOffset now, DateTimeOffset asOf, long watermark, string content) => new()
    {
        Experiment = experiment.Key,
        Iteration = experiment.Iteration,
        Kind = Wire.Name(kind),
        Name = name,
        At = Microseconds.Of(now),
        AsOf = Microseconds.Of(asOf),
        Watermark = watermark,
        Content = content,
    };

    private static (RecordRow Row, AuditEntry Audit) Told(string action, RecordRow row, params (string Field, JsonNode? Value)[] said)
    {
        var detail = new JsonObject { ["iteration"] = row.Iteration };
        foreach (var (field, value) in said) detail[field] = value;
        detail["watermark"] = row.Watermark;
        detail[AuditDetail.RecordDigest] = row.Digest();
        return (row, new AuditEntry(Microseconds.ToTime(row.At), Actor, action, row.Experiment, detail.ToJsonString()));
    }
}
