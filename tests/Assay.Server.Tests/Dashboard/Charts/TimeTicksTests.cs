using Assay.Server.Dashboard.Charts;
using CsCheck;

namespace Assay.Server.Tests.Dashboard.Charts;

public sealed class TimeTicksTests
{
    private static readonly DateTimeOffset Start = new(2025, 11, 3, 7, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(5, "08:00 09:00 10:00 11:00 12:00")]
    [InlineData(36, "12:00 18:00 4 Nov 06:00 12:00 18:00")]
    [InlineData(24 * 6, "4 Nov 5 Nov 6 Nov 7 Nov 8 Nov 9 Nov")]
    [InlineData(24 * 30, "10 Nov 17 Nov 24 Nov 1 Dec")]
    [InlineData(24 * 150, "1 Dec 1 Jan 1 Feb 1 Mar 1 Apr")]
    [InlineData(24 * 400, "Jan 2026 Mar 2026 May 2026 Jul 2026 Sep 2026 Nov 2026")]
    [InlineData(24 * 365 * 9, "Jan 2026 Jan 2028 Jan 2030 Jan 2032 Jan 2034")]
    public void Ticks_are_round_moments(int hours, string expected)
    {
        var axis = TimeSpan.FromHours(hours);
        Assert.Equal(expected, string.Join(' ', TimeTicks.Within(Start, Start + axis, 6).Select(tick => TimeTicks.Label(tick, axis))));
    }

    [Fact]
    public void Ticks_are_within_in_order_and_no_more_than_asked_for() => Gen.Select(Gen.Double[0, 24 * 365 * 20], Gen.Double[0.1, 24 * 365 * 20], Gen.Int[2, 12]).Sample((after, hours, most) =>
    {
        var (from, to) = (Start.AddHours(after), Start.AddHours(after + hours));
        var ticks = TimeTicks.Within(from, to, most);
        return ticks.Length <= most && ticks.All(tick => tick >= from && tick <= to) && ticks.SequenceEqual(ticks.Distinct().Order());
    });

    [Fact]
    public void An_axis_of_some_length_has_ticks() => Gen.Double[2, 24 * 365 * 5].Sample(hours => TimeTicks.Within(Start, Start.AddHours(hours), 6).Length > 0);
}
