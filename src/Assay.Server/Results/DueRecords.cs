using Assay.Analysis.Readouts;
using Assay.Server.Storage;

namespace Assay.Server.Results;

/// <summary>What of an experiment's readout is due to be recorded: looks first, since decisions rest on them, then first crossings and a changed verdict.</summary>
/// <param name="Records">What is due, with what the audit says of it; empty for nothing.</param>
/// <param name="Readout">The readout with that recorded.</param>
/// <param name="Input">What it depends on.</param>
internal sealed record DueRecords(IReadOnlyList<(RecordRow Row, AuditEntry Audit)> Records, Readout Readout, ReadoutInput Input)
{
    /// <remarks>Only under the turn that changes of experiments take is what it finds still so when it is stored. What it draws from what is not stored yet it draws for itself: no reader is served it.</remarks>
    public static DueRecords Of(Experiment experiment, ReadoutInput input, DateTimeOffset now) => Of(experiment, ReadoutInputs.Draw(input), input, now);

    /// <param name="experiment">The experiment.</param>
    /// <param name="readout">The readout of the input.</param>
    /// <param name="input">What it depends on.</param>
    /// <param name="now">When it is recorded.</param>
    public static DueRecords Of(Experiment experiment, Readout readout, ReadoutInput input, DateTimeOffset now)
    {
        var looks = LookTaking.Due(input);
        if (!looks.IsEmpty) Take(input with { Looks = [.. input.Looks, .. looks] });
        var crossings = Crossing.New(readout, input.Crossings);
        if (!crossings.IsEmpty) Take(input with { Crossings = [.. input.Crossings, .. crossings] });
        var verdict = RecordedVerdict.Of(readout.Verdict);
        return new DueRecords(
            [
                .. looks.Select(look => ReadoutRecords.Of(experiment, look, now)),
                .. crossings.Select(crossing => ReadoutRecords.Of(experiment, crossing, now)),
                .. verdict == (experiment.Recorded.Verdict ?? RecordedVerdict.First) ? [] : new[] { ReadoutRecords.Of(experiment, readout, input, now) },
            ],
            readout,
            input);

        void Take(ReadoutInput more) => (readout, input) = (ReadoutInputs.Draw(more), more);
    }
}
