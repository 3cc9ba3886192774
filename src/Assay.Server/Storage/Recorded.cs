using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Assay.Analysis.Readouts;
using Assay.Analysis.Verdicts;

namespace Assay.Server.Storage;

/// <summary>What has been recorded of an experiment's readouts, as the next ones need it.</summary>
/// <param name="Looks">Looks of the current iteration, by number.</param>
/// <param name="Crossings">First crossings of the current iteration.</param>
/// <param name="Verdict">What the last verdict that was recorded in the current iteration said; null before there was one.</param>
/// <param name="Verdicts">Number of the last verdict; they are numbered through all iterations.</param>
internal sealed record Recorded(ImmutableArray<LookReadout> Looks, ImmutableArray<Crossing> Crossings, RecordedVerdict? Verdict, int Verdicts)
{
    public static Recorded Nothing { get; } = new([], [], null, 0);

    /// <summary>How much that is: it only grows while the iteration lasts.</summary>
    public int Count => Looks.Length + Crossings.Length + Verdicts;

    /// <summary>Reads rows: looks and crossings, and the newest verdict.</summary>
    public static Recorded Of(IEnumerable<RecordRow> rows, int iteration)
    {
        var looks = ImmutableArray.CreateBuilder<LookReadout>();
        var crossings = ImmutableArray.CreateBuilder<Crossing>();
        RecordedVerdict? verdict = null;
        var verdicts = 0;
        foreach (var row in rows)
        {
            var kind = Wire.Parse<RecordKind>(row.Kind);
            if (kind == RecordKind.Verdict) verdicts = int.Parse(row.Name, CultureInfo.InvariantCulture);
            if (row.Iteration != iteration) continue;
            if (kind == RecordKind.Look) looks.Add(JsonSerializer.Deserialize(row.Content, ReadoutJson.Default.LookReadout)!);
            else if (kind == RecordKind.Crossing) crossings.Add(JsonSerializer.Deserialize(row.Content, ReadoutJson.Default.Crossing)!);
            else if (kind == RecordKind.Verdict) verdict = RecordedVerdict.Read(row.Content);
        }

        looks.Sort(static (a, b) => a.Look != b.Look ? a.Look.CompareTo(b.Look) : a.TreatmentIndex != b.TreatmentIndex ? a.TreatmentIndex.CompareTo(b.TreatmentIndex) : string.CompareOrdinal(a.Metric, b.Metric));
        return new Recorded(looks.ToImmutable(), crossings.ToImmutable(), verdict, verdicts);
    }
}

/// <summary>What of a verdict tells it from the one before.</summary>
internal sealed record RecordedVerdict(VerdictStatus Status, int? RecommendedIndex)
{
    /// <summary>An experiment that nothing was recorded of keeps running.</summary>
    public static RecordedVerdict First { get; } = new(VerdictStatus.KeepRunning, null);

    /// <summary>Reads it off the verdict's JSON, of which the rest is for people.</summary>
    public static RecordedVerdict Read(string verdict)
    {
        using var document = JsonDocument.Parse(verdict);
        var index = document.RootElement.GetProperty("recommended_index");
        return new RecordedVerdict(Wire.Parse<VerdictStatus>(document.RootElement.GetProperty("status").GetString()!), index.ValueKind == JsonValueKind.Number ? index.GetInt32() : null);
    }

    public static RecordedVerdict Of(VerdictReadout verdict) => new(verdict.Status, verdict.RecommendedIndex);
}
