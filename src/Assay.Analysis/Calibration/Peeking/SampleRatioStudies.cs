using System.Collections.Immutable;
using System.Globalization;
using Assay.Analysis.Calibration.Chance;
using Assay.Analysis.Calibration.Coverage;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>Alarms of a sample ratio mismatch where there is none.</summary>
internal static class SampleRatioStudies
{
    private const double Alarm = 0.001;
    private const int Users = 3000;

    public static ImmutableArray<Simulation> All { get; } =
    [
        Simulation.Computed(
            "srm/once",
            "χ² of the sample ratio, read once",
            "Every count of a fair split, weighed by its probability: nothing is drawn.",
            Once(100, 0.0008737),
            Once(1000, 0.0008900),
            Once(100_000, 0.0009949)),
        EveryUser(),
        Looks(),
        AsRead(),
    ];

    private static Question<Simulation.Exactness> Once(int units, double right) => new(
        string.Create(CultureInfo.InvariantCulture, $"{units}"),
        string.Create(CultureInfo.InvariantCulture, $"alarms at p < .001 with {units:N0} units"),
        new Claim.Value(right, 1e-7),
        "independent enumeration",
        _ => ProportionStudies.Masses(units, 0.5).Select((mass, x) => mass > 1e-12 && SampleRatio.ChiSquare([x, units - x], [1, 1]).Value.PValue < Alarm ? mass : 0).Sum());

    private static Simulation EveryUser() => Simulation.Of(
        "srm/every-user",
        "The sample ratio, read after every user",
        "3,000 users, each in either arm with probability one half.",
        5_000,
        1_000,
        draws => Arrive(draws),
        new("chi-square", "χ² at p < .001", () => new Claim.Exceeds(Alarm, new Claim.Rate(ExactEveryUser())), "recursion over the walk of counts", alarms => alarms.ChiSquare) { IsNaive = true },
        new("e-process-100", "sequential test at .05, concentration 100", new Claim.AtMost(0.05), "Lindon & Malek 2022", alarms => alarms.Sharp));

    /// <summary>A split of three, by batches: what a dashboard reads.</summary>
    private static Simulation Looks()
    {
        const int looks = 1000, batch = 200;
        double[] weights = [0.5, 0.3, 0.2];
        return Simulation.Of(
            "srm/looks",
            "The sample ratio of three arms",
            "200,000 users split 50/30/20, read 1, 20, 100 and 1,000 times.",
            5_000,
            1_000,
            draws =>
            {
                long[] counts = new long[3];
                var alarms = new bool[looks + 1];
                for (var look = 1; look <= looks; look++)
                {
                    var (first, second) = (draws.Binomial(batch, weights[0]), 0);
                    second = draws.Binomial(batch - first, weights[1] / (weights[1] + weights[2]));
                    counts[0] += first;
                    counts[1] += second;
                    counts[2] += batch - first - second;
                    alarms[look] = SampleRatio.SequentialPValue(counts, weights, 100) <= 0.05;
                }

                return alarms;
            },
            [.. new[] { 1, 20, 100, looks }.Select(count => new Question<bool[]>(
                string.Create(CultureInfo.InvariantCulture, $"e-process/{count}"),
                "sequential test at .05, concentration 100",
                new Claim.AtMost(0.05),
                "Lindon & Malek 2022",
                alarms => Enumerable.Range(1, count).Any(look => alarms[look * (looks / count)]))
            {
                Column = count == 1 ? "1 look" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} looks"),
            })]);
    }

    /// <summary>With the readout's concentration, which looks for small deviations: it takes that many users to see it alarm at all.</summary>
    private static Simulation AsRead()
    {
        const int looks = 200, batch = 2_000;
        double[] weights = [1, 1];
        return Simulation.Of(
            "srm/readout",
            "The sample ratio as the readout reads it",
            "400,000 users in two arms, read 200 times, by the sequential test with the readout's concentration of 10,000.",
            20_000,
            2_000,
            draws =>
            {
                long[] counts = [0, 0];
                var smallest = 1.0;
                for (var look = 1; look <= looks; look++)
                {
                    var first = draws.Binomial(batch, 0.5);
                    (counts[0], counts[1]) = (counts[0] + first, counts[1] + batch - first);
                    smallest = Math.Min(smallest, SampleRatio.SequentialPValue(counts, weights));
                }

                return smallest;
            },
            new("alarm", "alarms at .001 (the readout's)", new Claim.AtMost(Alarm), "Lindon & Malek 2022", smallest => smallest <= Alarm),
            new("level", "the same test at .05", new Claim.AtMost(0.05), "Lindon & Malek 2022", smallest => smallest <= 0.05));
    }

    private static (bool ChiSquare, bool Sharp) Arrive(Draws draws)
    {
        double[] weights = [1, 1];
        long[] counts = [0, 0];
        var (chiSquare, sharp) = (false, false);
        for (var user = 1; user <= Users; user++)
        {
            counts[draws.Chance(0.5) ? 0 : 1]++;
            chiSquare |= !chiSquare && SampleRatio.ChiSquare(counts, weights).Value.PValue < Alarm;
            sharp |= !sharp && SampleRatio.SequentialPValue(counts, weights, 100) <= 0.05;
        }

        return (chiSquare, sharp);
    }

    /// <summary>P(χ² ever alarms) by carrying the distribution of the count that has not alarmed yet.</summary>
    private static double ExactEveryUser()
    {
        var mass = new double[Users + 2];
        mass[0] = 1;
        double alarmed = 0;
        for (var user = 1; user <= Users; user++)
        {
            for (var x = user; x >= 0; x--)
            {
                mass[x] = 0.5 * (mass[x] + (x > 0 ? mass[x - 1] : 0));
                if (mass[x] == 0 || SampleRatio.ChiSquare([x, user - x], [1, 1]).Value.PValue >= Alarm) continue;
                alarmed += mass[x];
                mass[x] = 0;
            }
        }

        return alarmed;
    }
}
