using System.Globalization;
using Assay.Server.Hosting;
using Assay.Server.Storage;

namespace Assay.Server.Tests.Events;

public sealed class ItemTimesTests
{
    private static readonly long Arrival = Microseconds.Of(Samples.Arrival);

    [Theory]
    [InlineData("2026-03-05T11:59:00Z", null, -60, 0)] // The past stays as it is told.
    [InlineData("2026-03-05T12:05:00Z", null, 0, 0)] // Jitter is clamped and not told.
    [InlineData("2026-03-05T12:05:00.000001Z", null, 0, 1)]
    [InlineData("2026-03-06T12:00:00Z", null, 0, 1)]
    [InlineData("2026-03-05T13:00:00+01:00", null, 0, 0)]
    [InlineData("2031-01-01T00:00:00Z", "2031-01-01T00:01:00Z", -60, 0)] // A clock years ahead, corrected.
    [InlineData("2020-01-01T00:00:00Z", "2020-01-01T00:00:30Z", -30, 0)] // A clock years behind, corrected.
    [InlineData("2026-03-05T12:00:00Z", "2026-03-05T11:00:00Z", 0, 1)] // An hour after it was sent is ahead, whatever the clock.
    public void Times_are_corrected_and_clamped(string occurredAt, string? sentAt, int seconds, int skewed)
    {
        var sent = sentAt is null ? "" : $",\"sent_at\":\"{sentAt}\"";
        var sifted = Samples.Exposures($$"""{"exposures":[{"user_id":"u","variation_index":0,"occurred_at":"{{occurredAt}}"}]{{sent}}}""");
        var item = Assert.Single(sifted.Batch.Exposures);
        Assert.Equal(Arrival + (seconds * 1_000_000L), item.At);
        Assert.Equal(Microseconds.Of(DateTimeOffset.Parse(occurredAt, CultureInfo.InvariantCulture)), item.ClientAt);
        Assert.Equal(skewed, sifted.Warnings.Where(warning => warning.Code is "skewed").Sum(warning => warning.Count));
    }

    [Fact]
    public void Sent_at_corrects_items_that_stand_before_it()
    {
        var sifted = Samples.Exposures("""{"sent_at":"2031-01-01T00:00:10Z","exposures":[{"user_id":"u","variation_index":0,"occurred_at":"2031-01-01T00:00:00Z"}]}""");
        Assert.Equal(Arrival - 10_000_000, Assert.Single(sifted.Batch.Exposures).At);
    }

    [Fact]
    public void An_item_without_a_time_happened_on_arrival()
    {
        var item = Assert.Single(Samples.Conversions("""{"conversions":[{"user_id":"u","metric":"purchase"}],"sent_at":"2001-01-01T00:00:00Z"}""").Batch.Events);
        Assert.Equal((Arrival, null), (item.At, item.ClientAt));
    }

    [Fact]
    public void After_a_stop_only_exposures_that_occurred_before_it_are_taken()
    {
        var sifted = Samples.Exposures(
            """{"exposures":[{"user_id":"a","variation_index":0,"occurred_at":"2026-03-05T10:00:00Z"},{"user_id":"b","variation_index":0,"occurred_at":"2026-03-05T10:00:00.000001Z"},{"user_id":"c","variation_index":0}]}""",
            Samples.Stopped);
        Assert.Equal("a", Assert.Single(sifted.Batch.Exposures).UserId);
        Assert.Equal([(1, "after_stop"), (2, "after_stop")], sifted.Rejected.Select(rejection => (rejection.Index, rejection.Code)));
    }

    [Theory]
    [InlineData("2026-03-01T12:00:00Z", "2026-03-01T12:00:00.0000000Z")]
    [InlineData("2026-03-01t12:00:00z", "2026-03-01T12:00:00.0000000Z")]
    [InlineData("2026-03-01 12:00:00.1234569-05:30", "2026-03-01T17:30:00.1234560Z")]
    [InlineData("1960-02-29T23:59:60+00:00", "1960-03-01T00:00:00.0000000Z")]
    [InlineData("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.9999990Z")]
    public void Rfc_3339_times_are_read_to_the_microsecond(string text, string utc)
    {
        Assert.True(Rfc3339.TryRead(System.Text.Encoding.ASCII.GetBytes(text), out var microseconds));
        Assert.Equal(utc, Microseconds.ToTime(microseconds).UtcDateTime.ToString("o"));
    }

    [Theory]
    [InlineData("2026-03-01T12:00:00")]
    [InlineData("2026-03-01")]
    [InlineData("2026-02-29T12:00:00Z")]
    [InlineData("2026-13-01T12:00:00Z")]
    [InlineData("0000-01-01T12:00:00Z")]
    [InlineData("2026-03-01T24:00:00Z")]
    [InlineData("2026-03-01T12:60:00Z")]
    [InlineData("2026-03-01T12:00:00.Z")]
    [InlineData("2026-03-01T12:00:00+0100")]
    [InlineData("2026-03-01T12:00:00+24:00")]
    [InlineData("2026-03-01T12:00:00Z ")]
    [InlineData("2026-03-01T12:00:00.5")]
    [InlineData("20260301T120000Z1234")]
    [InlineData("")]
    public void Other_texts_are_no_times(string text) => Assert.False(Rfc3339.TryRead(System.Text.Encoding.ASCII.GetBytes(text), out _));
}
