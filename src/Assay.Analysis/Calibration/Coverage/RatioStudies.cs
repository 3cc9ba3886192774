using System.Collections.Immutable;
using System.Globalization;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Coverage;

/// <summary>A ratio of sums whose denominator is random: clicks per view, where users differ.</summary>
internal static class RatioStudies
{
    private const double Alpha = 0.05;
    private const double Rate = 0.3;

    public static ImmutableArray<Simulation> All { get; } = [Of(50, 0.006, 40_000), Of(200, 0.003, 40_000), Of(2000, 0.002, 10_000)];

    private static Simulation Of(int users, double within, int runs)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"coverage/ratio-{users}");
        return Simulation.Of(
            name,
            string.Create(CultureInfo.InvariantCulture, $"Clicks per view of {users:N0} users an arm"),
            "Views 1 + Poisson(4); a user's click rate is Beta(2.1, 4.9), 30 % on average; no difference between the arms.",
            runs,
            4_000,
            draws => (Control: Draw(draws, users), Treatment: Draw(draws, users)),
            new("delta", "delta method over users", new Claim.Rate(1 - Alpha, within), "nominal", sample => Covers(Ratio.Of(sample.Control).Value, Ratio.Of(sample.Treatment).Value)),
            new("level", "p ≤ .05 of the difference", new Claim.Rate(Alpha, within), "nominal", sample => FixedHorizon.Infer(Ratio.Of(sample.Control).Value, Ratio.Of(sample.Treatment).Value, Alpha).Value.PValue <= Alpha),
            new("per-event", "every view as a unit of its own", new Claim.FallsShort(1 - Alpha), "users differ", sample => Covers(PerEvent(sample.Control), PerEvent(sample.Treatment))) { IsNaive = true });
    }

    private static JointMoments Draw(Draws draws, int users)
    {
        long y = 0, x = 0, yy = 0, yx = 0, xx = 0;
        for (var i = 0; i < users; i++)
        {
            long views = 1 + draws.Poisson(4), clicks = draws.Binomial((int)views, draws.Beta(7 * Rate, 7 * (1 - Rate)));
            (y, x, yy, yx, xx) = (y + clicks, x + views, yy + (clicks * clicks), yx + (clicks * views), xx + (views * views));
        }

        return new JointMoments(users, [(double)y / users, (double)x / users], [Centred(yy, y, y), Centred(yx, y, x), Centred(xx, x, x)]);

        double Centred(long product, long left, long right) => product - ((double)left * right / users);
    }

    private static Estimate PerEvent(JointMoments moments) => Proportions.Estimate((long)Math.Round(moments.Means[0] * moments.Count), (long)Math.Round(moments.Means[1] * moments.Count)).Value;

    private static bool Covers(Estimate control, Estimate treatment)
    {
        var interval = FixedHorizon.Infer(control, treatment, Alpha).Value.Interval;
        return interval.Lower <= 0 && 0 <= interval.Upper;
    }
}
