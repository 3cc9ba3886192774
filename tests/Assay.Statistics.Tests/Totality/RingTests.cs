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
    [InlineData(nameof(Broken.SurePValue), "answer is 1.5, which is no probability")]
    [InlineData(nameof(Broken.UpsideDown), "answer has the ends 2 and 1")]
    [InlineData(nameof(Broken.LooksAside), "answer has the estimate 0 outside [1, 2]")]
    [InlineData(nameof(Broken.SpeaksOfAnotherPole), "which Broken.SpeaksOfAnotherPole does not document")]
    public void A_broken_function_is_found(string name, string fault) =>
        Assert.Contains(fault, TotalityTests.Try(Named(name), 400).Defect, StringComparison.Ordinal);

    [Theory]
    [InlineData(nameof(Broken.Documented))]
    [InlineData(nameof(Broken.Refuses))]
    public void A_total_function_is_not(string name) => Assert.Null(TotalityTests.Try(Named(name), 400).Defect);

    [Theory]
    [InlineData(nameof(Broken.RefusesEverything), 0)]
    [InlineData(nameof(Broken.NeverKnows), 0)]
    [InlineData(nameof(Broken.AnswersWithNumbers), 400)]
    public void A_function_that_is_never_entered_is_counted(string name, int answers) => Assert.Equal((null, 400, answers), TotalityTests.Try(Named(name), 400));


    [Fact]
    public void A_function_whose_arguments_nobody_can_draw_is_named()
    {
        var lacking = Callable.Of(typeof(Broken)).Select(TotalityTests.Lacking).OfType<string>();
        Assert.Equal(["Broken.TakesAStranger(Uri) needs a generator of Uri"], lacking);
    }

    private static Callable Named(string name) => Callable.Of(typeof(Broken)).Single(callable => callable.Method.Name == name);

    /// <summary>Functions with one fault each, and some without.</summary>
    public static class Broken
    {
        public static double DividesByZero(double x) => Check(x) / Check(x);

        public static ImmutableArray<Sample> HidesANaN(long count) => [new Sample(count, count < 0 ? 1 : double.NaN)];

        public static double SaysNothingOfItsPole(double x) => 1 / Check(x);

        public static double ReadsBeyondTheEnd(ReadOnlySpan<double> values) => Check(values[0]);

        public static double BlamesAnInnerName(double value) => Check(value);

        public static ImmutableArray<double> AnswersWithNoList() => default;

        public static bool TakesAStranger(Uri address) => address is null;

        public static double SurePValue(bool isSure) => isSure ? 1.5 : 0.5;

        public static Interval UpsideDown() => new(2, 1);

        public static Enclosed LooksAside() => new(0, new Interval(1, 2));

        /// <summary>1/x.</summary>
        /// <param name="x">Not infinite.</param>
        /// <remarks>Infinities are for others.</remarks>
        public static double SpeaksOfAnotherPole(double x) => 1 / Check(x);

        public static double RefusesEverything(double x) => throw new ArgumentOutOfRangeException(nameof(x), x, "No.");

        public static Outcome<double> NeverKnows(double x) => double.IsNaN(x) ? Reason.NoUnits : Reason.NoSolution;

        public static int AnswersWithNumbers(bool isLarge) => isLarge ? 9 : 1;

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

    /// <summary>An estimate and the interval that should hold it.</summary>
    public sealed record Enclosed(double Value, Interval Interval);
}
