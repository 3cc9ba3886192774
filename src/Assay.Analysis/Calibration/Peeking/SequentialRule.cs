namespace Assay.Analysis.Calibration.Peeking;

/// <summary>A rule that is applied at every look, and rejects once it has crossed.</summary>
/// <param name="Key">Part of the names of its studies.</param>
/// <param name="Title">For people.</param>
/// <param name="Bounds">The bound on z at each look where the variance is known and the mean normal: what its exact error rate is computed from.</param>
/// <param name="Prepare">The rule as the product applies it: whether it rejects at a look (from 1).</param>
internal sealed record SequentialRule(string Key, string Title, Func<Schedule, double[]> Bounds, Func<Schedule, SequentialRule.Rejects> Prepare)
{
    public delegate bool Rejects(in Sight sight, int look);

    /// <summary>2 when |z| is held against the bounds, 1 when z is.</summary>
    public int Sides { get; init; } = 2;

    /// <summary>Its exact error rate where that is known together with its bounds; null where it takes a recursion over them.</summary>
    public Func<Schedule, double>? Exact { get; init; }

    /// <summary>Whether it is shown beside because it errs.</summary>
    public bool IsNaive { get; init; }

    /// <summary>Whether it also reads the first handful of units, which the start rule forbids.</summary>
    public bool IsUnstarted { get; init; }

    /// <summary>Whether it answers not that it rejects, but that it may speak.</summary>
    public bool IsPresence { get; init; }

    /// <summary>A rule that is nothing but its bounds, at looks after the start.</summary>
    public static SequentialRule Of(string key, string title, Func<Schedule, double[]> bounds) => new(key, title, bounds, schedule =>
    {
        var z = bounds(schedule);
        return (in Sight sight, int look) => sight.IsStarted && Math.Abs(sight.Z) >= z[look - 1];
    });
}
