using Assay.Analysis.Measurement;
using Assay.Analysis.Tests.Exact;
using CsCheck;

namespace Assay.Analysis.Tests.Measurement;

public sealed class AccumulatorTests
{
    private static readonly Gen<Unit[]> Units = Gen.Select(
        Doubles.Accepted, Doubles.Accepted, Gen.Bool, Gen.Long[0, 3], (value, covariate, missing, events) =>
            new Unit(new MetricValue(1, value, events, events / 2), missing ? [0, 1] : [covariate, 0], missing)).Array[0, 12];

    [Fact]
    public void Moments_are_the_rational_ones_rounded_once() =>
        Units.Sample(
            units =>
            {
                var moments = Put(units).ToMoments();
                for (var i = 0; i < 3; i++)
                {
                    Assert.Equal(units.Length == 0 ? 0 : (Total(units, i) / units.Length).ToDouble(), moments.Means[i]);
                    for (var j = i; j < 3; j++) Assert.Equal(Scatter(units, i, j), moments.Scatter(i, j));
                }
            },
            iter: 200);

    [Fact]
    public void The_third_central_sum_is_the_rational_one_rounded_once() =>
        Units.Where(units => units.Length > 0).Sample(
            units =>
            {
                var mean = Total(units, 0) / units.Length;
                var deviations = units.Select(unit => Rational.Of(unit.Value.Value) - mean);
                var cubes = deviations.Select(d => d * d * d).Aggregate(Rational.Zero, (sum, term) => sum + term);
                Assert.Equal(cubes.ToDouble(), Put(units).Sums.ThirdCentralSum(units.Length));
            },
            iter: 100);

    [Fact]
    public void Units_leave_without_a_trace_whatever_the_order() =>
        Gen.Select(Units, Units, Gen.Int).Sample((stay, leave, seed) =>
        {
            Unit[] all = [.. stay, .. leave];
            new Random(seed).Shuffle(all);
            var accumulator = Put(all);
            foreach (var unit in leave) accumulator.Remove(unit.Value, unit.Covariates, unit.IsCrossover);
            Assert.Equal(Put(stay).Encode(), accumulator.Encode());
        });

    [Fact]
    public void Parts_merge_to_the_whole_and_survive_their_encoding() =>
        Gen.Select(Units, Units).Sample((left, right) =>
        {
            var merged = Accumulator.Decode(Put(left).Encode());
            merged.Add(Put(right));
            Assert.Equal(Put([.. left, .. right]).Encode(), merged.Encode());
        });

    [Fact]
    public void A_copy_lives_its_own_life() =>
        Units.Sample(units =>
        {
            var original = Put(units);
            var bytes = original.Encode();
            var copy = original.Clone();
            copy.Add(new MetricValue(1, 7, 1, 1), [1, 0], true);
            Assert.Equal(bytes, original.Encode());
        });

    [Fact]
    public void Timing_adds_up_and_leaves_again()
    {
        var accumulator = new Accumulator(0);
        accumulator.Add(new EventTiming(1, 2, 3, 4));
        accumulator.Add(new EventTiming(10, 20, 30, 40));
        accumulator.Remove(new EventTiming(1, 2, 3, 4));
        Assert.Equal((1, new EventTiming(10, 20, 30, 40)), (accumulator.Count, Accumulator.Decode(accumulator.Encode()).Timing));
        accumulator.Remove(new EventTiming(10, 20, 30, 40));
        Assert.True(accumulator.IsEmpty);
        Assert.Equal(new Accumulator(0).Encode(), accumulator.Encode());
    }

    private static Accumulator Put(Unit[] units)
    {
        var accumulator = new Accumulator(3);
        foreach (var unit in units) accumulator.Add(unit.Value, unit.Covariates, unit.IsCrossover);
        return accumulator;
    }

    private static Rational Column(Unit unit, int i) => Rational.Of(i == 0 ? unit.Value.Value : unit.Covariates[i - 1]);

    private static Rational Total(Unit[] units, int i) => Rational.Sum(units.Select(unit => Column(unit, i)));

    private static double Scatter(Unit[] units, int i, int j)
    {
        if (units.Length == 0) return 0;
        var products = Rational.Sum(units.Select(unit => Column(unit, i) * Column(unit, j)));
        return (products - (Total(units, i) * Total(units, j) / units.Length)).ToDouble();
    }

    private sealed record Unit(MetricValue Value, double[] Covariates, bool IsCrossover);
}
