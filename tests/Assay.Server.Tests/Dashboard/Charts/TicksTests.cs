using Assay.Server.Dashboard.Charts;
using CsCheck;

namespace Assay.Server.Tests.Dashboard.Charts;

public sealed class TicksTests
{
    [Theory]
    [InlineData(0.9, 1)]
    [InlineData(1, 1)]
    [InlineData(1.01, 2)]
    [InlineData(3, 5)]
    [InlineData(7, 10)]
    [InlineData(0.03, 0.05)]
    public void A_step_is_one_two_or_five(double width, double step) => Assert.Equal(step, Ticks.Step(width), 1e-12);

    [Fact]
    public void Round_numbers_around_zero() => Assert.Equal([-0.1, -0.05, 0, 0.05, 0.1, 0.15], Ticks.Within(new(-0.12, 0.16), 7).Select(tick => Math.Round(tick, 12)));

    [Fact]
    public void There_are_never_more_than_asked_and_all_are_inside() =>
        Gen.Select(Gen.Double[-1e9, 1e9], Gen.Double[1e-6, 1e9], Gen.Int[1, 12]).Sample((from, width, atMost) =>
        {
            var scale = new Scale(from, from + Math.Max(width, Math.Abs(from) * 1e-6));
            var ticks = Ticks.Within(scale, atMost);
            return ticks.Length <= atMost && ticks.All(scale.Holds);
        });

    [Fact]
    public void Zero_is_exactly_zero() =>
        Gen.Select(Gen.Double[-1e6, -1e-6], Gen.Double[1e-6, 1e6]).Sample((from, to) => Ticks.Within(new(from, to), 7).Contains(0));
}
