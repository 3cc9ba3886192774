using System.Collections.Immutable;
using System.Globalization;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Calibration.Coverage;

/// <summary>Quantiles of events (latency) whose users differ: the events of a user are no independent sample.</summary>
internal static class QuantileStudies
{
    private const double Alpha = 0.05;
    private const int EventsOfAUser = 5;
    private const double BetweenUsers = 1;
    private const double WithinUsers = 0.5;

    private static readonly ImmutableArray<double> Levels = [0.5, 0.9, 0.99];

    /// <summary>Coverage of the interval of Woodruff's variance about the quantile of 1,000 values, at the three levels: a function of few order statistics, simulated by a program of its own.</summary>
    private static readonly ImmutableArray<double> Woodruff = [0.94458, 0.94132, 0.93925];

    public static ImmutableArray<Simulation> All { get; } = [Of(100, 0.93837, 0.92171, 0.002, 20_000), Of(2000, 0.9469, 0.9439, 0.0025, 2_000), Independent()];

    private static Simulation Independent() => Simulation.Of(
        "coverage/quantile-units",
        "Quantiles of 1,000 units with one value each",
        "Log-normal values, σ = 1.",
        20_000,
        4_000,
        draws =>
        {
            var values = new double[1000];
            for (var i = 0; i < values.Length; i++) values[i] = draws.LogNormal(1);
            Array.Sort(values);
            return values;
        },
        Levels.Zip(Woodruff, (q, coverage) => new Question<double[]>(
            string.Create(CultureInfo.InvariantCulture, $"p{100 * q:0}"),
            string.Create(CultureInfo.InvariantCulture, $"p{100 * q:0}, Woodruff"),
            new Claim.KnownToFallShort(1 - Alpha, new Claim.Rate(coverage, 0.0015)),
            q < 0.95 ? "independent simulation of 200,000 samples" : "the same; ten values lie above",
            values => Covers(Quantile.Of(values, q).Value, Math.Exp(Normal.Quantile(q))))
        { IsApproximate = true }));

    private static Simulation Of(int users, double median, double ninetieth, double within, int runs)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"coverage/quantile-{users}");
        return Simulation.Of(
            name,
            string.Create(CultureInfo.InvariantCulture, $"Quantiles of {users * EventsOfAUser:N0} events of {users:N0} users"),
            "Five log-normal latencies a user, most of their variance between users.",
            runs,
            1_000,
            draws => Draw(draws, users),
            [.. Both(0.5, median, within), .. Both(0.9, ninetieth, within)]);
    }

    private static IEnumerable<Question<double[][]>> Both(double q, double coverage, double within)
    {
        var truth = Math.Exp(double.Hypot(BetweenUsers, WithinUsers) * Normal.Quantile(q));
        var name = string.Create(CultureInfo.InvariantCulture, $"p{100 * q:0}");
        yield return new(name, $"{name}, by users", coverage + within < 1 - Alpha ? new Claim.KnownToFallShort(1 - Alpha, new Claim.Rate(coverage, within)) : new Claim.Rate(coverage, within), "independent simulation; short of .95 for few users", users => Covers(Quantile.OfClusters(users, q).Value, truth)) { IsApproximate = coverage + within < 1 - Alpha };
        yield return new($"{name}-iid", $"{name}, every event as a unit of its own", new Claim.FallsShort(1 - Alpha), "users differ", users => Covers(Quantile.Of(Sorted(users), q).Value, truth)) { IsNaive = true };
    }

    private static double[][] Draw(Draws draws, int count)
    {
        var users = new double[count][];
        for (var i = 0; i < count; i++)
        {
            var user = BetweenUsers * draws.Normal();
            users[i] = new double[EventsOfAUser];
            for (var j = 0; j < EventsOfAUser; j++) users[i][j] = Math.Exp(user + (WithinUsers * draws.Normal()));
        }

        return users;
    }

    private static double[] Sorted(double[][] users)
    {
        double[] all = [.. users.SelectMany(values => values)];
        Array.Sort(all);
        return all;
    }

    private static bool Covers(Estimate quantile, double truth)
    {
        var interval = FixedHorizon.Infer(quantile, Alpha).Value.Interval;
        return interval.Lower <= truth && truth <= interval.Upper;
    }
}
