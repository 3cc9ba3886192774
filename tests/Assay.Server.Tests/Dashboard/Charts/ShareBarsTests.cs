using Assay.Server.Dashboard.Charts;

namespace Assay.Server.Tests.Dashboard.Charts;

public sealed class ShareBarsTests
{
    [Fact]
    public void The_longest_fills_the_width_and_the_others_are_in_proportion() =>
        Assert.Equal([new ShareBar(50, 75), new ShareBar(100, 75)], ShareBars.Of([500, 1000], [750, 750]));

    [Fact]
    public void Without_units_there_is_no_length() => Assert.Equal([new ShareBar(0, 0), new ShareBar(0, 0)], ShareBars.Of([0, 0], [0, 0]));
}
