using Assay.Analysis.Readouts;
using CsCheck;

namespace Assay.Analysis.Tests.Readouts;

public sealed class HolmLevelsTests
{
    private static readonly double[] Ties = [0, 0.01, 0.025, 0.05, 1];
    private static readonly Gen<double> PValues = Gen.OneOf(Gen.Double[0, 1], Gen.Double[0, 0.06], Gen.Int[0, 4].Select(i => Ties[i]));

    [Fact]
    public void A_p_value_is_at_most_its_level_exactly_when_its_adjusted_value_is_at_most_alpha() =>
        PValues.Array[1, 12].Sample(pValues =>
        {
            const double Alpha = 0.05;
            var (adjusted, levels) = HolmLevels.Of(pValues, Alpha);
            for (var i = 0; i < pValues.Length; i++)
            {
                // Where the two sides differ by rounding alone there is nothing to decide.
                if (Math.Abs(pValues[i] - levels[i]) < 1e-15) continue;
                Assert.Equal(adjusted[i] <= Alpha, pValues[i] <= levels[i]);
            }
        });

    [Fact]
    public void Levels_follow_their_p_values_whatever_the_order_of_the_arms() =>
        Gen.Select(PValues.Array[2, 8], Gen.Int[0, 7]).Sample((pValues, turn) =>
        {
            double[] turned = [.. pValues.Skip(turn % pValues.Length), .. pValues.Take(turn % pValues.Length)];
            var levels = HolmLevels.Of(pValues, 0.05).Levels;
            Assert.Equal([.. levels.Skip(turn % pValues.Length), .. levels.Take(turn % pValues.Length)], HolmLevels.Of(turned, 0.05).Levels.ToArray());
        });

    [Fact]
    public void After_the_first_that_is_kept_no_laxer_level_is_used()
    {
        var (adjusted, levels) = HolmLevels.Of([0.03, 0.04], 0.05);
        Assert.Equal([0.06, 0.06], adjusted);
        Assert.Equal([0.025, 0.025], levels);
    }
}
