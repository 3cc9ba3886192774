using System.Collections.Immutable;
using Assay.Server.Results.Past;
using Assay.Server.Storage;
using Assay.Server.Tests.Events;

namespace Assay.Server.Tests.Results.Past;

/// <summary>How an experiment stood, by the clock and by the audit.</summary>
public sealed class ExperimentPastTests
{
    private static readonly DateTimeOffset Second = Samples.Arrival.AddTicks(-(Samples.Arrival.Ticks % TimeSpan.TicksPerSecond));

    [Fact]
    public void What_was_recorded_after_a_reading_of_the_same_second_is_not_in_it()
    {
        var past = ExperimentPast.Of(Samples.Running, [Entry("started", "{}", Second.AddHours(-1))], [Verdict(1, Second.AddMilliseconds(700))]);
        Assert.Equal(0, past.At(Moment(Second.AddMilliseconds(699)))!.Recorded.Verdicts);
        Assert.Equal(1, past.At(Moment(Second.AddMilliseconds(700)))!.Recorded.Verdicts);
    }

    [Fact]
    public void Where_the_audit_tells_of_a_record_its_place_counts_and_not_the_clock()
    {
        ImmutableArray<AuditEntry> audit =
        [
            Entry("started", "{}", Second.AddHours(-1)),
            Entry("verdict_changed", """{"iteration":1,"number":1}""", Second),
            Entry("paused", "{}", Second.AddMinutes(-20)),
            Entry("verdict_changed", """{"iteration":1,"number":2}""", Second.AddMinutes(-10)),
            Entry("resumed", "{}", Second.AddMinutes(-15)),
        ];
        var (first, second, untold) = (Verdict(1, Second), Verdict(2, Second.AddMinutes(-10)), Verdict(3, Second.AddMinutes(-30)));
        var past = ExperimentPast.Of(Samples.Running, audit, [untold, second, first]);
        Assert.Equal([first, second, untold], past.Records);
        var then = past.Before(second, Moment(Second.AddMinutes(-10)))!;
        Assert.Equal((1, ExperimentStatus.Paused), (then.Recorded.Verdicts, then.Status));

        // Of what no entry tells the clock is all there is.
        Assert.Equal(ExperimentStatus.Running, past.Before(untold, Moment(Second.AddMinutes(-30)))!.Status);
    }

    private static PastMoment Moment(DateTimeOffset at) => new(1, Second, Second) { ReadAt = at };

    private static AuditEntry Entry(string action, string detail, DateTimeOffset at) => new(at, "assay", action, Samples.Running.Key, detail);

    private static RecordRow Verdict(int number, DateTimeOffset at) => new()
    {
        Experiment = Samples.Running.Key,
        Iteration = Samples.Running.Iteration,
        Kind = "verdict",
        Name = $"{number}",
        At = Microseconds.Of(at),
        AsOf = Microseconds.Of(Second),
        Watermark = 1,
        Content = """{"status":"ship","recommended_index":1}""",
    };
}
