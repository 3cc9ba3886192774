using System.Text.Json;
using Assay.Analysis.Measurement;
using Assay.Analysis.Readouts;
using Assay.Server.Storage;

namespace Assay.Server.Results.Past;

/// <summary>Does once more what <see cref="ReadoutRecorder"/> and people did at the time: what was due to be recorded then must be due again, and say the same to the last digit.</summary>
internal sealed class RecordCheck(ExperimentPast past, ICatalog catalog, IEventStore store, PastReadouts readouts)
{
    public async Task<List<RecordVerification>> RunAsync(CancellationToken cancellation)
    {
        var verified = new List<RecordVerification>();
        foreach (var together in past.Records.GroupBy(row => (row.Iteration, row.Watermark, row.AsOf, row.At))) verified.AddRange(await CheckAsync([.. together], cancellation));
        foreach (var decision in (await catalog.ListDecisionsAsync(past.Now.Key, cancellation)).Reverse())
            verified.Add(await CheckAsync((await catalog.FindDecisionAsync(past.Now.Key, decision.Number, cancellation))!, cancellation));
        return verified;
    }

    /// <summary>Records of one moment were due together: one look over the rows, as things stood before the first of them.</summary>
    private async Task<List<RecordVerification>> CheckAsync(List<RecordRow> rows, CancellationToken cancellation)
    {
        if (await MomentAsync(rows[0].Watermark, rows[0].AsOf, rows[0].At, cancellation) is not { } moment || past.Before(rows[0], moment) is not { } then)
            return rows.ConvertAll(row => RecordVerification.Of(row, 0, [Missing(row.Content)]));
        var measured = await readouts.MeasureAsync(then, moment, cancellation);
        var due = DueRecords.Of(then, ReadoutInputs.Of(then, measured, moment.AsOf, allPairs: false), Microseconds.ToTime(rows[0].At));
        var verified = new List<RecordVerification>();
        foreach (var row in rows)
        {
            var kept = await catalog.FindRecordAsync(row.Experiment, Wire.Parse<RecordKind>(row.Kind), row.Name, cancellation);
            verified.Add(RecordVerification.Of(row, measured.Erased, Differences(row, due).Concat(Moments(kept?.Moments, then, measured, moment))));
        }

        return verified;
    }

    private async Task<RecordVerification> CheckAsync(DecisionRow row, CancellationToken cancellation)
    {
        if (await MomentAsync(row.Watermark, row.AsOf, row.At, cancellation) is not { } moment || past.Before(row, moment) is not { } then) return RecordVerification.Of(row, 0, [Missing(row.Verdict)]);
        var measured = await readouts.MeasureAsync(then, moment, cancellation);
        var verdict = ReadoutInputs.Draw(ReadoutInputs.Of(then, measured, moment.AsOf, allPairs: false)).Verdict;
        return RecordVerification.Of(
            row,
            measured.Erased,
            JsonDifferences.Of("/verdict", JsonElement.Parse(row.Verdict), JsonSerializer.SerializeToElement(verdict, ReadoutJson.Default.VerdictReadout)).Concat(Moments(row.Moments, then, measured, moment)));
    }

    private async Task<PastMoment?> MomentAsync(long watermark, long asOf, long at, CancellationToken cancellation) =>
        await store.FindCommitAsync(watermark, cancellation) is { } committed
            ? new PastMoment(watermark, Microseconds.ToTime(asOf), Microseconds.ToTime(committed)) { ReadAt = Microseconds.ToTime(at) }
            : null;

    private static IEnumerable<RecordDifference> Differences(RecordRow row, DueRecords due)
    {
        var recorded = JsonElement.Parse(row.Content);
        if (Wire.Parse<RecordKind>(row.Kind) == RecordKind.Iteration)
            return JsonDifferences.Of("/readout", recorded.GetProperty("readout"), JsonElement.Parse(ReadoutJson.Write(due.Readout)));
        var again = due.Records.Where(derived => derived.Row.Kind == row.Kind && derived.Row.Name == row.Name).Select(derived => derived.Row.Content).FirstOrDefault();
        return again is null ? [Missing(row.Content)] : JsonDifferences.Of("", recorded, JsonElement.Parse(again));
    }

    private static IEnumerable<RecordDifference> Moments(string? kept, Experiment then, MeasuredExperiment measured, PastMoment moment) =>
        kept is null ? [] : JsonDifferences.Of("/moments", JsonElement.Parse(kept), JsonElement.Parse(GetMoments.Write(then.Design, measured, moment.AsOf)));

    private static RecordDifference Missing(string recorded) => new("", JsonElement.Parse(recorded), null);
}
