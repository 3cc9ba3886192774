using System.Buffers;
using Assay.Analysis.Measurement;
using CsCheck;

namespace Assay.Analysis.Tests.Measurement;

public sealed class UnitTallyTests
{
    private const long Hour = 3_600_000_000;
    private const long Start = 100 * 24 * Hour;

    private static readonly ExperimentView View = new(
        "one",
        1,
        Start,
        3,
        [.. Enum.GetValues<Aggregate>().Select(aggregate => new MetricPlan($"{aggregate}", "buy", aggregate, TimeSpan.FromHours(90))
        {
            From = TimeSpan.FromHours(10),
            Age = aggregate is Aggregate.Any or Aggregate.Sum or Aggregate.Count ? TimeSpan.FromHours(20) : null,
        })],
        []);

    private static readonly Gen<ExposureRow[]> Exposures =
        Gen.Select(Gen.Int[0, 60], Gen.Int[-1, 2], (hour, variation) => new ExposureRow(Start + (hour * Hour), variation, "")).Array[0, 3];

    private static readonly Gen<EventRow[]> Events =
        Gen.Select(Gen.Int[-20, 200], Gen.OneOf(Gen.Double[-1e15, 1e15], Gen.Int[-5, 5].Select(value => value / 10.0)), Gen.Int[0, 150])
            .Select((hour, value, delay) => new EventRow("buy", Start + (hour * Hour), value, Start + ((hour + delay) * Hour), null)).Array[0, 12];

    /// <summary>Counting can be broken off anywhere, and gone on with from what was written.</summary>
    [Fact]
    public void A_tally_that_was_written_and_read_goes_on_as_if_it_had_not_been() =>
        Gen.Select(Exposures, Events, Events).Sample((exposures, before, after) =>
        {
            var measure = new UnitMeasure(View);
            var written = new ArrayBufferWriter<byte>();
            measure.Tally(exposures, before).Write(written);
            var tally = UnitTally.Read(measure, exposures, written.WrittenSpan)!;
            foreach (var row in after) tally.Add(row);
            Assert.Equal(measure.Measure(exposures, [.. before, .. after], []), tally.ToMeasurement(exposures, []));
        });

    [Fact]
    public void A_tally_of_another_measure_is_none()
    {
        var written = new ArrayBufferWriter<byte>();
        new UnitMeasure(View).Tally([new ExposureRow(Start, 0, "")], []).Write(written);
        Assert.Null(UnitTally.Read(new UnitMeasure(View), [new ExposureRow(Start, 0, "")], written.WrittenSpan));
    }

    [Fact]
    public void It_takes_as_many_bytes_after_a_thousand_events_as_after_a_hundred()
    {
        Assert.InRange(Bytes(1_000) - Bytes(100), 0, 30);

        static int Bytes(int events)
        {
            var written = new ArrayBufferWriter<byte>();
            new UnitMeasure(View).Tally([new ExposureRow(Start, 0, "")], [.. Enumerable.Range(0, events).Select(i => new EventRow("buy", Start + (i % 90 * Hour), i * 0.01, Start, null))]).Write(written);
            return written.WrittenCount;
        }
    }
}
