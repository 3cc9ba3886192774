using Assay.Analysis.Calibration;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Tests.Calibration;

/// <summary>The generator draws from the distributions that it names; every bound holds for these seeds and would for nearly any.</summary>
public sealed class DrawsTests
{
    private const int Count = 200_000;
    private const double Doubt = 1e-6;

    [Fact]
    public void A_run_draws_the_same_numbers_whatever_was_drawn_before_it()
    {
        var first = new Draws(7, 3, 17);
        _ = new Draws(7, 3, 16).Uniform();
        Assert.Equal(Enumerable.Range(0, 100).Select(_ => first.Uniform()), Uniforms(new Draws(7, 3, 17), 100));
    }

    [Fact]
    public void Another_seed_simulation_or_run_draws_other_numbers()
    {
        var all = new[] { new Draws(1, 1, 1), new Draws(2, 1, 1), new Draws(1, 2, 1), new Draws(1, 1, 2) }.SelectMany(draws => Uniforms(draws, 1000));
        Assert.Equal(4000, all.Distinct().Count());
    }

    [Fact]
    public void A_name_has_the_key_of_its_letters() => Assert.Equal(0xE71FA2190541574BUL, Draws.Key("abc"));

    [Fact]
    public void Uniform_numbers_are_uniform_and_never_0_or_1()
    {
        var values = Uniforms(new Draws(1, 0, 0), Count);
        Assert.InRange(values.Min(), double.Epsilon, 1e-4);
        Assert.InRange(values.Max(), 1 - 1e-4, 1 - double.Epsilon);
        Assert.True(Kolmogorov.PValue(values) > Doubt);
    }

    [Fact]
    public void First_numbers_of_neighbouring_runs_are_uniform_and_do_not_go_together()
    {
        double[] first = [.. Enumerable.Range(0, Count).Select(run => new Draws(1, 0, (ulong)run).Uniform())];
        Assert.True(Kolmogorov.PValue(first) > Doubt);
        var joint = JointMoments.OfColumns(first[1..], first[..^1]);
        Assert.True(Math.Abs(joint.Covariance(0, 1)) * 12 * Math.Sqrt(Count) < Normal.TwoSidedCritical(Doubt));
    }

    [Fact]
    public void Normal_numbers_are_normal_and_their_neighbours_independent()
    {
        var draws = new Draws(2, 0, 0);
        double[] values = [.. Enumerable.Range(0, Count).Select(_ => draws.Normal())];
        Assert.True(Kolmogorov.PValue([.. values.Select(Normal.Cdf)]) > Doubt);
        var joint = JointMoments.OfColumns(values[1..], values[..^1]);
        Assert.True(Math.Abs(joint.Covariance(0, 1)) * Math.Sqrt(Count) < Normal.TwoSidedCritical(Doubt));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4.5)]
    [InlineData(200)]
    public void Gamma_numbers_have_their_distribution(double shape)
    {
        var draws = new Draws(3, 0, 0);
        Assert.True(Kolmogorov.PValue([.. Enumerable.Range(0, 20_000).Select(_ => Gamma.Cdf(draws.Gamma(shape), shape))]) > Doubt);
    }

    [Fact]
    public void Beta_numbers_have_their_distribution()
    {
        var draws = new Draws(4, 0, 0);
        Assert.True(Kolmogorov.PValue([.. Enumerable.Range(0, 20_000).Select(_ => Beta.Cdf(draws.Beta(2.1, 4.9), 2.1, 4.9))]) > Doubt);
    }

    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(100, 0.01)]
    [InlineData(100, 0.5)]
    [InlineData(1000, 0.02)]
    [InlineData(1000, 0.9)]
    [InlineData(1_000_000, 0.00001)]
    [InlineData(1_000_000, 0.0001)]
    public void Binomial_counts_have_their_probabilities(int trials, double probability)
    {
        var draws = new Draws(5, 0, 0);
        Fits(() => draws.Binomial(trials, probability), k => k < 0 ? 0 : k >= trials ? 1 : Beta.Survival(probability, k + 1.0, trials - k), trials * probability, trials * probability * (1 - probability));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(9.9)]
    [InlineData(10.1)]
    [InlineData(400)]
    public void Poisson_counts_have_their_probabilities(double mean)
    {
        var draws = new Draws(6, 0, 0);
        Fits(() => draws.Poisson(mean), k => k < 0 ? 0 : Gamma.Survival(mean, k + 1.0), mean, mean);
    }

    [Fact]
    public void An_outcome_table_has_its_weights()
    {
        double[] weights = [1, 0, 5, 0.001, 3, 2];
        var (draws, table) = (new Draws(7, 0, 0), new OutcomeTable(weights));
        Fits(() => table.Draw(draws), k => weights.Take(k + 1).Sum() / weights.Sum(), 2.5, 4);
    }

    [Fact]
    public void Whole_samples_have_the_moments_of_their_units()
    {
        // Mean and scatter drawn at once against units drawn one by one: the same p-values of Welch's test, uniform.
        var draws = new Draws(8, 0, 0);
        Assert.True(Kolmogorov.PValue([.. Enumerable.Range(0, 20_000).Select(_ => FixedHorizon.Welch(draws.Normal(5, 0, 1), draws.Of(5, unit => unit.Normal()), 0.05).Value.PValue)]) > 1e-3);
    }

    [Fact]
    public void Regressions_have_the_moments_of_their_units()
    {
        var draws = new Draws(9, 0, 0);
        var all = Enumerable.Range(0, 20_000).Select(_ => draws.Regression(10, 2, 0.5, 1.5)).Aggregate((left, right) => left + right);
        Assert.Equal(2, all.Means[0], 0.02);
        Assert.Equal(0, all.Means[1], 0.02);
        Assert.Equal(0.25 + 2.25, all.Covariance(0, 0), 0.05);
        Assert.Equal(0.5, all.Covariance(0, 1), 0.02);
        Assert.Equal(1, all.Covariance(1, 1), 0.02);
    }

    private static double[] Uniforms(Draws draws, int count) => [.. Enumerable.Range(0, count).Select(_ => draws.Uniform())];

    /// <summary>χ² of counts in cells of about a quarter of a deviation against a distribution function.</summary>
    private static void Fits(Func<int> draw, Func<int, double> below, double mean, double variance)
    {
        var width = Math.Max(1, (int)(Math.Sqrt(variance) / 4));
        var cells = new Dictionary<int, long>();
        for (var i = 0; i < Count; i++)
        {
            var cell = (int)Math.Floor((draw() - mean) / width);
            cells[cell] = cells.GetValueOrDefault(cell) + 1;
        }

        double chiSquare = 0, rest = 1, restSeen = Count;
        var degrees = 0;
        foreach (var (cell, seen) in cells)
        {
            int first = (int)Math.Ceiling((cell * (double)width) + mean), last = (int)Math.Ceiling(((cell + 1) * (double)width) + mean) - 1;
            var expected = below(last) - below(first - 1);
            if (expected * Count < 20) continue;
            chiSquare += (seen - (expected * Count)) * (seen - (expected * Count)) / (expected * Count);
            (rest, restSeen, degrees) = (rest - expected, restSeen - seen, degrees + 1);
        }

        if (rest * Count > 20) chiSquare += (restSeen - (rest * Count)) * (restSeen - (rest * Count)) / (rest * Count);
        Assert.True(restSeen < 0.01 * Count || rest * Count > 20, $"{restSeen} outside the cells");
        if (degrees > 0) Assert.True(ChiSquared.Survival(chiSquare, degrees) > Doubt, $"χ² = {chiSquare} with {degrees} degrees of freedom");
    }
}
