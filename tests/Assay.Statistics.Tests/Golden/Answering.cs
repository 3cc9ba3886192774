namespace Assay.Statistics.Tests;

/// <summary>How an undetermined outcome is written in a golden answer: null.</summary>
internal static class Answering
{
    public static double? Number<T>(this Outcome<T> outcome, Func<T, double> read)
        where T : notnull => outcome.TryGet(out var value) ? read(value) : null;

    public static double? Lower(this Outcome<Interval> outcome) => outcome.Number(interval => interval.Lower);

    public static double? Upper(this Outcome<Interval> outcome) => outcome.Number(interval => interval.Upper);

    public static double[]? Ends(this Outcome<Interval> outcome) => outcome.TryGet(out var value) ? [value.Lower, value.Upper] : null;

    /// <summary>The moments of an arm given by size, mean and sample variance.</summary>
    public static Moments Arm(this Given given, string arm)
    {
        var count = given.Count($"n_{arm}");
        return new Moments(count, given.Number($"mean_{arm}"), given.Number($"var_{arm}", double.NaN) * (count - 1));
    }

    /// <summary>An arm's mean as an estimate with its variance over its size.</summary>
    public static Estimate Mean(this Given given, string arm) =>
        new(given.Number($"mean_{arm}"), given.Number($"var_{arm}") / given.Number($"n_{arm}"), given.Number($"n_{arm}") - 1);

    /// <summary>Indices of the hypotheses whose adjusted p-value is at most α.</summary>
    public static List<int> Rejected(this IEnumerable<double> adjusted, double alpha) => [.. adjusted.Select((p, i) => (p, i)).Where(pair => pair.p <= alpha * (1 + 1e-12)).Select(pair => pair.i)];
}
