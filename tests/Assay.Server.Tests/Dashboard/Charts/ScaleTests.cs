using Assay.Server.Dashboard.Charts;
using CsCheck;

namespace Assay.Server.Tests.Dashboard.Charts;

public sealed class ScaleTests
{
    private static readonly Gen<(double From, double To)> Domains =
        Gen.Select(Gen.Double[-1e12, 1e12], Gen.Double[1e-9, 1e12]).Select((from, width) => (from, from + Math.Max(width, Math.Abs(from) * 1e-6)));

    [Fact]
    public void The_ends_of_the_domain_are_the_edges_of_the_picture() => Domains.Sample(domain =>
    {
        var scale = new Scale(domain.From, domain.To);
        return scale.Place(domain.From) == 0 && Math.Abs(scale.Place(domain.To) - 100) < 1e-9;
    });

    [Fact]
    public void Order_is_kept() => Gen.Select(Domains, Gen.Double[0, 1], Gen.Double[0, 1]).Sample((domain, first, second) =>
    {
        var scale = new Scale(domain.From, domain.To);
        double At(double share) => domain.From + ((domain.To - domain.From) * share);
        return At(first) <= At(second) == scale.Place(At(first)) <= scale.Place(At(second)) || scale.Place(At(first)) == scale.Place(At(second));
    });

    [Fact]
    public void A_value_outside_stays_at_the_edge()
    {
        var scale = new Scale(-1, 1);
        Assert.Equal(0, scale.Place(double.NegativeInfinity));
        Assert.Equal(100, scale.Place(7));
    }

    [Fact]
    public void The_widest_domain_does_not_overflow() => Assert.Equal(50, new Scale(-double.MaxValue, double.MaxValue).Place(0));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0, double.PositiveInfinity)]
    public void A_domain_without_width_is_refused(double from, double to) => Assert.Throws<ArgumentException>(() => new Scale(from, to));
}
