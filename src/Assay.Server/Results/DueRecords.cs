using Assay.Analysis.Readouts;
using Assay.Server.Storage;

namespace Assay.Server.Results;

/// <summary>What of an experiment's readout is due to be recorded: looks first, since decisions rest on them, then first crossings and a changed verdict.</summary>
/// <param name="Records">What is due, with what the audit says of it; empty for nothing.</param>
/// <param name="After">The experiment as it is once that is recorded.</param>
internal sealed record DueRecords(IReadOnlyList<(RecordRow Row, AuditEntry Audit)> Records, Experiment After)
{
    /// <remarks>Only under the turn that changes of experiments take is what it finds still so when it is stored.</remarks>
    public static DueRecords Of(Experiment experiment, LiveReadout live, DateTimeOffset now)
    {
        var records = new List<(RecordRow, AuditEntry)>();
        var (readout, input) = live.Draw(experiment);
        var looks = LookTaking.Due(input);
        if (!looks.IsEmpty)
        {
            records.AddRange(looks.Select(look => ReadoutRecords.Of(experiment, look, now)));
            experiment = experiment with { Recorded = experiment.Recorded with { Looks = [.. experiment.Recorded.Looks, .. looks] } };
            (readout, input) = live.Draw(experiment);
        }

        var crossings = Crossing.New(readout, experiment.Recorded.Crossings);
        records.AddRange(crossings.Select(crossing => ReadoutRecords.Of(experiment, crossing, now)));
        experiment = experiment with { Recorded = experiment.Recorded with { Crossings = [.. experiment.Recorded.Crossings, .. crossings] } };
        var verdict = RecordedVerdict.Of(readout.Verdict);
        if (verdict == (experiment.Recorded.Verdict ?? RecordedVerdict.First)) return new DueRecords(records, experiment);
        records.Add(ReadoutRecords.Of(experiment, readout, input, now));
        return new DueRecords(records, experiment with { Recorded = experiment.Recorded with { Verdict = verdict, Verdicts = experiment.Recorded.Verdicts + 1 } });
    }
}
