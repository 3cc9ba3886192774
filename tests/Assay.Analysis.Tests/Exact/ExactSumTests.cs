using System.Numerics;
using Assay.Analysis.Exact;
using CsCheck;

namespace Assay.Analysis.Tests.Exact;

public sealed class ExactSumTests
{
    private static readonly Gen<double[]> Values = Doubles.Any.Array[0, 40];
    private static readonly Gen<(double A, double B, double C)[]> Triples = Gen.Select(Doubles.Any, Doubles.Any, Doubles.Any).Array[0, 20];

    [Fact]
    public void A_sum_is_the_correctly_rounded_rational_sum() =>
        Values.Sample(values => Assert.Equal(Rational.Sum(values.Select(Rational.Of)).ToDouble(), Sum(values).Round()), iter: 1000);

    [Fact]
    public void The_order_of_values_does_not_matter_to_a_single_byte() =>
        Gen.Select(Values, Gen.Int).Sample((values, seed) => Assert.Equal(Encode(Sum(values)), Encode(Sum(Shuffle(values, seed)))));

    [Fact]
    public void Taking_out_is_the_inverse_of_putting_in() =>
        Gen.Select(Values, Values).Sample((stay, leave) =>
        {
            var sum = Sum([.. leave, .. stay]);
            foreach (var value in leave) sum.Subtract(value);
            Assert.Equal(Encode(Sum(stay)), Encode(sum));
        });

    [Fact]
    public void Merging_parts_equals_summing_the_whole() =>
        Gen.Select(Values, Values).Sample((left, right) =>
        {
            var merged = Sum(left);
            merged.Add(Sum(right));
            merged.Add(new ExactSum());
            Assert.Equal(Encode(Sum([.. left, .. right])), Encode(merged));
        });

    [Fact]
    public void Adding_a_sum_to_itself_doubles_it() =>
        Values.Sample(values =>
        {
            var sum = Sum(values);
            sum.Add(sum);
            Assert.Equal(Encode(Sum([.. values, .. values])), Encode(sum));
        });

    [Fact]
    public void Different_sums_are_different_bytes() =>
        Gen.Select(Values, Values).Sample((left, right) =>
        {
            var difference = Rational.Sum([.. left.Select(Rational.Of), .. right.Select(value => Rational.Of(-value))]);
            Assert.Equal(difference.Numerator.IsZero, Encode(Sum(left)).AsSpan().SequenceEqual(Encode(Sum(right))));
        });

    [Fact]
    public void What_is_written_is_read_again_and_goes_on_living() =>
        Gen.Select(Values, Values).Sample((before, after) =>
        {
            var bytes = Encode(Sum(before));
            var (read, length) = ExactSum.Read([.. bytes, 1, 2, 3]);
            Assert.Equal(bytes.Length, length);
            foreach (var value in after) read.Add(value);
            Assert.Equal(Encode(Sum([.. before, .. after])), Encode(read));
        });

    [Fact]
    public void A_copy_does_not_feel_what_happens_to_the_original() =>
        Gen.Select(Values, Doubles.Any).Sample((values, more) =>
        {
            var original = Sum(values);
            var copy = original.Clone();
            original.Add(more);
            Assert.Equal(Encode(Sum(values)), Encode(copy));
        });

    [Fact]
    public void Products_of_three_are_exact_and_leave_without_a_trace() =>
        Triples.Sample(triples =>
        {
            var sum = new ExactSum();
            foreach (var (a, b, c) in triples) sum.Add(ExactProduct.Of(a, b, c));
            var expected = Rational.Sum(triples.Select(t => Rational.Of(t.A) * Rational.Of(t.B) * Rational.Of(t.C)));
            var (mantissa, exponent) = sum.ToInteger();
            Assert.Equal(expected.Numerator * Power(-exponent), mantissa * expected.Denominator * Power(exponent));
            foreach (var (a, b, c) in triples) sum.Subtract(ExactProduct.Of(a, b, c));
            Assert.True(sum.IsZero);
            Assert.Equal(Encode(new ExactSum()), Encode(sum));
        });

    [Fact]
    public void Products_of_two_are_exact() =>
        Gen.Select(Doubles.Any, Doubles.Any).Sample((a, b) =>
        {
            var sum = new ExactSum();
            sum.Add(ExactProduct.Of(a, b));
            var expected = Rational.Of(a) * Rational.Of(b);
            var (mantissa, exponent) = sum.ToInteger();
            Assert.Equal(expected.Numerator * Power(-exponent), mantissa * expected.Denominator * Power(exponent));
        });

    [Fact]
    public void Many_carries_are_carried()
    {
        var sum = new ExactSum();
        for (var i = 0; i < 100_000; i++) sum.Add(-double.MaxValue);
        for (var i = 0; i < 100_000; i++) sum.Add(double.MaxValue);
        sum.Add(double.Epsilon);
        Assert.Equal(double.Epsilon, sum.Round());
    }

    [Fact]
    public void A_ratio_is_rounded_once() =>
        Gen.Select(Doubles.Any, Gen.Long[1, long.MaxValue], Gen.Int[-1100, 100]).Sample(
            (value, divisor, exponent) =>
            {
                var (mantissa, power) = Sum([value]).ToInteger();
                var expected = Rational.Of(value) / divisor;
                expected = exponent >= 0 ? expected with { Numerator = expected.Numerator << exponent } : expected / (BigInteger.One << -exponent);
                Assert.Equal(expected.ToDouble(), ExactRatio.Round(mantissa, divisor, power + exponent));
            },
            iter: 2000);

    [Fact]
    public void A_subnormal_ratio_is_rounded_once_too() =>
        Gen.Select(Gen.ULong[1UL << 62, ulong.MaxValue], Gen.Long[1, 1000], Gen.Int[-1150, -1070]).Sample(
            (numerator, divisor, exponent) =>
                Assert.Equal((new Rational(numerator, divisor) / (BigInteger.One << -exponent)).ToDouble(), ExactRatio.Round(numerator, divisor, exponent)),
            iter: 2000);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_not_a_number_is_refused_at_the_door(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExactSum().Add(value));

    private static ExactSum Sum(double[] values)
    {
        var sum = new ExactSum();
        foreach (var value in values) sum.Add(value);
        return sum;
    }

    private static byte[] Encode(ExactSum sum)
    {
        var bytes = new byte[sum.EncodedLength];
        Assert.Equal(bytes.Length, sum.Write(bytes));
        return bytes;
    }

    private static double[] Shuffle(double[] values, int seed)
    {
        var shuffled = values.ToArray();
        new Random(seed).Shuffle(shuffled);
        return shuffled;
    }

    private static BigInteger Power(int exponent) => exponent > 0 ? BigInteger.One << exponent : BigInteger.One;
}
