namespace Assay.Samples;

internal static class SurvivalCase
{
    public static void TimeUntilRelapse()
    {
        // Weeks; a negative number is a patient last seen without a relapse.
        var control = Read(5, 5, 8, 8, 12, -16, 23, 27, 30, 33, 43, 45);
        var treatment = Read(9, 13, -13, 18, 23, -28, 31, 34, -45, 48, -161);
        var rank = LogRank.Of(control, treatment).Value;
        var cox = CoxRegression.Of(control, treatment).Value.LogHazardRatio.Value;
        var (c, t) = (KaplanMeier.Of(control).Value, KaplanMeier.Of(treatment).Value);
        var time = FixedHorizon.Infer(c.RestrictedMean(until: 36), t.RestrictedMean(until: 36), alpha: 0.05).Value;

        Console.WriteLine($"median {c.Median.Value} and {t.Median.Value} weeks");
        Console.WriteLine($"log-rank chi-square {rank.ChiSquare.Value:F4}, p = {rank.PValue.Value:F5}: {rank.Observed} events where {rank.Expected:F3} were expected");
        Console.WriteLine($"log hazard ratio {cox.Value:F4}, se {cox.StandardError:F4}; hazard ratio {Math.Exp(cox.Value):F4}");
        Console.WriteLine($"weeks without the event, of 36: {c.RestrictedMean(36).Value:F3} and {t.RestrictedMean(36).Value:F3}; difference {time.Effect.Value:F3} [{time.Interval.Lower:F3}, {time.Interval.Upper:F3}]");

        static TimeToEvent[] Read(params double[] weeks) => [.. weeks.Select(week => new TimeToEvent(Math.Abs(week), Happened: week > 0))];
    }
}
