using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Assay.Server.Dashboard.Charts;
using CsCheck;

namespace Assay.Server.Tests.Dashboard.Charts;

public sealed partial class CoursePlotTests
{
    private static readonly DateTimeOffset Start = new(2025, 11, 3, 0, 0, 0, TimeSpan.Zero);

    private static CourseDot Dot(double day, double? effect, double? half) => new(Start.AddDays(day), effect, effect - half, effect + half);

    [Fact]
    public void A_funnel_is_a_band_around_a_line()
    {
        var plot = CoursePlot.Of([Dot(0, 0, 1), Dot(1, 0, 1), Dot(2, 0, 1)], null, null);
        Assert.Equal("M0 50L500 50L1000 50", plot.Line(100));
        var ends = Numbers(plot.Band(100));
        Assert.Equal([0, 500, 1000, 1000, 500, 0], ends.Select(end => end.X));
        Assert.Equal(100, ends[0].Y + ends[^1].Y, 0.11);
        Assert.InRange(ends[0].Y, 0, 10);
    }

    [Fact]
    public void Where_there_is_no_interval_the_band_has_a_gap_and_the_line_goes_on()
    {
        var plot = CoursePlot.Of([Dot(0, 0.1, null), Dot(1, 0.1, 1), Dot(2, 0.1, 1), Dot(3, 0.1, null), Dot(4, 0.1, 1), new(Start.AddDays(5), null, null, null), Dot(6, 0.1, 1)], null, null);
        Assert.Equal(3, plot.Band(100).Count(letter => letter == 'M'));
        Assert.Equal(2, plot.Line(100).Count(letter => letter == 'M'));
        Assert.EndsWith("h0", plot.Line(100), StringComparison.Ordinal);
        Assert.Equal("", CoursePlot.Of([new(Start, null, null, null)], null, null).Line(100));
    }

    [Fact]
    public void The_axes_hold_zero_the_last_interval_and_what_is_planned_and_no_early_width_squeezes_them()
    {
        var plot = CoursePlot.Of([Dot(0, 30, 500), Dot(10, 0.02, 0.01)], null, Start.AddDays(20), new Whisker(-0.05, -0.06, -0.04));
        Assert.Equal(Start.AddDays(20), plot.To);
        Assert.True(plot.Effect.Holds(0) && plot.Effect.Holds(0.03) && plot.Effect.Holds(-0.06));
        Assert.InRange(plot.Effect.To, 0.03, 0.2);
        Assert.Equal(Start.AddDays(10), CoursePlot.Of([Dot(0, 1, 1), Dot(10, 1, 1)], null, Start.AddDays(5)).To);
        Assert.Equal(Start.AddDays(-3), CoursePlot.Of([Dot(0, 1, 1), Dot(10, 1, 1)], Start.AddDays(-3), null).From);
        Assert.Equal(Start, CoursePlot.Of([Dot(0, 1, 1), Dot(10, 1, 1)], Start.AddDays(3), null).From);
    }

    [Fact]
    public void One_point_has_an_axis_and_is_a_dot()
    {
        var plot = CoursePlot.Of([Dot(0, 0.5, 0.1)], null, null);
        Assert.Equal((Start.AddHours(-1), Start.AddHours(1)), (plot.From, plot.To));
        Assert.EndsWith("h0", plot.Line(100), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_finite_numbers_have_a_picture_of_short_finite_numbers() =>
        Gen.Select(Gen.Double[-1, 1].Array[1, 12], Gen.Double[0, 3].Array[12], Gen.Int[-300, 300]).Sample((effects, halves, power) =>
        {
            var unit = Math.Pow(10, power);
            var plot = CoursePlot.Of([.. effects.Select((effect, day) => Dot(day, effect * unit, halves[day] * unit))], null, null);
            foreach (var (x, y) in Numbers(plot.Band(300)).Concat(Numbers(plot.Line(300))))
            {
                Assert.InRange(x, 0, CoursePlot.Width);
                Assert.InRange(y, -3000, 3300);
            }
        });

    private static ImmutableArray<(double X, double Y)> Numbers(string path) =>
        [.. Pair().Matches(path).Select(pair => (double.Parse(pair.Groups["x"].ValueSpan, CultureInfo.InvariantCulture), double.Parse(pair.Groups["y"].ValueSpan, CultureInfo.InvariantCulture)))];

    [GeneratedRegex("[ML](?<x>-?[0-9.]+) (?<y>-?[0-9.]+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pair();
}
