using Assay.Analysis.Measurement;

namespace Assay.Analysis.Tests.Measurement;

public sealed class MaturityTests
{
    private const long Hour = 3_600_000_000;
    private const long Day = 24 * Hour;

    [Theory]
    [InlineData(0, 1, 2)] // window + 1 h, already a full hour
    [InlineData(1, 1, 3)] // a microsecond later: the next hour
    [InlineData(0, 72, 73)]
    [InlineData(0, 73, 96)] // over 72 h: midnight
    [InlineData(0, 95, 96)] // exactly midnight stays
    [InlineData(1, 95, 120)]
    public void A_unit_matures_at_a_full_hour_or_at_midnight(long firstExposure, int windowHours, int maturesAtHour) =>
        Assert.Equal(maturesAtHour * Hour, Maturity.MaturesAt(firstExposure, TimeSpan.FromHours(windowHours)));

    [Fact]
    public void Times_before_the_epoch_round_the_same_way() =>
        Assert.Equal((-2 * Hour, -1L), (Maturity.MaturesAt((-4 * Hour) - 1, TimeSpan.FromHours(1)), Maturity.DayOf(-1)));

    [Fact]
    public void A_day_is_merged_into_its_closing_midnight_when_it_is_older_than_two()
    {
        var now = (10 * Day) + (5 * Hour);
        var through = Maturity.CompactedThrough(now);
        Assert.Equal(8 * Day, through);
        Assert.Equal(8 * Day, Maturity.Bucket((7 * Day) + Hour, through));
        Assert.Equal(8 * Day, Maturity.Bucket(8 * Day, through));
        Assert.Equal((8 * Day) + Hour, Maturity.Bucket((8 * Day) + Hour, through));
        Assert.Equal(0, Maturity.Bucket(0, through));
    }

    [Fact]
    public void A_merged_day_is_over_for_every_unit_in_it() =>
        Assert.All(Enumerable.Range(0, 1000), hour => Assert.True(Maturity.Bucket(hour * Hour, Maturity.CompactedThrough(500 * Hour)) <= Math.Max(hour, 500) * Hour));
}
