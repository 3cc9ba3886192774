using System.Collections.Immutable;

namespace Assay.Statistics.Tests.Totality;

/// <summary>The ring catches what it is there for.</summary>
public sealed class RingTests
{
    [Theory]
    [InlineData(nameof(Broken.DividesByZero), "answer is NaN")]
    [InlineData(nameof(Broken.HidesANaN), "answer[0].Variance is NaN")]
    [InlineData(nameof(Broken.SaysNothingOfItsPole), "answer is ")]
    [InlineData(nameof(Broken.ReadsBeyondTheEnd), "throws IndexOutOfRangeException")]
    [InlineData(nameof(Broken.BlamesAnInnerName), "refuses 'x', which is no parameter of it")]
    [InlineData(nameof(Broken.AnswersWithNoList), "answer is no list")]
    public void A_broken_function_is_found(string name, string fault) =>
        Assert.Contains(fault, TotalityTests.FirstDefect(Callable.Of(typeof(Broken)).Single(callable => callable.Method.Name == name), 400), StringComparison.Ordinal);

    [Theory]
    [InlineData(nameof(Broken.Documented))]
    [InlineData(nameof(Broken.Refuses))]
    public void A_total_function_is_not(string name) => Assert.Null(TotalityTests.FirstDefect(Callable.Of(typeof(Broken)).Single(callable => callable.Method.Name == name), 400));

    [Fact]
    public void A_function_whose_arguments_nobody_can_draw_is_named()
    {
        var lacking = Callable.Of(typeof(Broken)).Select(TotalityTests.Lacking).OfType<string>();
        Assert.Equal(["Broken.TakesAStranger(Uri) needs a generator of Uri"], lacking);
    }

    /// <summary>Functions with one fault each, and two without.</summary>
    public static class Broken
    {
        public static double DividesByZero(double x) => Check(x) / Check(x);

        public static ImmutableArray<Sample> HidesANaN(long count) => [new Sample(count, count < 0 ? 1 : double.NaN)];

        public static double SaysNothingOfItsPole(double x) => 1 / Check(x);

        public static double ReadsBeyondTheEnd(ReadOnlySpan<double> values) => Check(values[0]);

        public static double BlamesAnInnerName(double value) => Check(value);

        public static ImmutableArray<double> AnswersWithNoList() => default;

        public static bool TakesAStranger(Uri address) => address is null;

        /// <summary>1/x, +∞ at 0.</summary>
        public static double Documented(double x) => double.IsNaN(x) ? throw new ArgumentException("Must be a number.", nameof(x)) : 1 / x;

        public static Outcome<double> Refuses(double value)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(double.IsFinite(value), true, nameof(value));
            return value > 0 ? Math.Log(value) : Reason.NoSolution;
        }

        private static double Check(double x) => double.IsFinite(x) ? x : throw new ArgumentException("Must be finite.", nameof(x));
    }

    /// <summary>Not a record of the library, but walked like one.</summary>
    public sealed record Sample(double Value, double Variance);
}
