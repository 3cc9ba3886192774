using System.Collections.Immutable;
using System.Globalization;
using Assay.Statistics;
using Assay.Statistics.Distributions;

namespace Assay.Analysis.Calibration.Coverage;

/// <summary>Coverage of the intervals for proportions, by adding up every table there is.</summary>
internal static class ProportionStudies
{
    private const double Alpha = 0.05;

    /// <summary>Tables rarer than this are left out; together they are rarer than 1e-9.</summary>
    private const double Negligible = 1e-15;

    /// <summary>Sizes and rates, and what an independent enumeration found (SciPy's binomial; the restricted maximum by root-finding on the score).</summary>
    private static readonly ImmutableArray<Table> Tables =
    [
        new(500, 50, 0.03, 0.03, Wald: 0.7794187, Newcombe: 0.9587898, AgrestiCaffo: 0.9928293, Score: 0.9587961, MiettinenNurminen: 0.9587961),
        new(200, 1000, 0.01, 0.01, Wald: 0.8605590, Newcombe: 0.9678344, AgrestiCaffo: 0.9897684, Score: 0.9614378, MiettinenNurminen: 0.9614378),
        new(30, 30, 0.5, 0.6, Wald: 0.9445169, Newcombe: 0.9499471, AgrestiCaffo: 0.9503773, Score: 0.9499449, MiettinenNurminen: 0.9502138),
    ];

    private delegate Outcome<Interval> IntervalOf(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount, double alpha);

    public static ImmutableArray<Simulation> All { get; } =
    [
        Simulation.Computed("coverage/proportions", "Intervals of a difference of proportions", "Every table of two binomials, weighed by its probability: nothing is drawn.", Tables.SelectMany(OfDifference)),
        Simulation.Computed(
            "coverage/rates",
            "Intervals of one proportion and the level of exact tests",
            "Every outcome of a binomial, weighed by its probability.",
            Single("wilson", "Wilson, 50 units at 3 %", 50, 0.03, Proportions.Wilson, new Claim.Value(0.9372401, 1e-6)),
            Single("clopper-pearson", "Clopper–Pearson, 50 units at 3 %", 50, 0.03, (x, n, alpha) => BinomialTest.ClopperPearson(x, n, alpha), new Claim.Value(0.9831894, 1e-6)),
            Single("wilson-1000", "Wilson, 1,000 units at 1 %", 1000, 0.01, Proportions.Wilson, new Claim.Value(0.9635363, 1e-6)),
            Level("pooled-z", "Level of the pooled z, 1,000 units an arm at 5 %", 1000, 0.05, PooledP, new Claim.Value(0.0498744, 1e-6)),
            Level("fisher", "Level of Fisher's test, 40 units an arm at 20 %", 40, 0.2, (x, y, n) => FisherTest.Of(x, n, y, n).Value.PValue, new Claim.Value(0.0281947, 1e-6))),
    ];

    private static IEnumerable<Question<Simulation.Exactness>> OfDifference(Table table)
    {
        yield return Ask("wald", "Wald", Proportions.Wald, table.Wald < 0.93 ? new Claim.ValueFallsShort(1 - Alpha, new Claim.Value(table.Wald, 1e-6)) : new Claim.Value(table.Wald, 1e-6));
        yield return Ask("newcombe", "Newcombe", Proportions.Newcombe, new Claim.Value(table.Newcombe, 1e-6));
        yield return Ask("agresti-caffo", "Agresti–Caffo", Proportions.AgrestiCaffo, new Claim.Value(table.AgrestiCaffo, 1e-6));
        yield return Ask("score", "score (inverts the pooled z)", Proportions.ScoreInterval, new Claim.Value(table.Score, 1e-6));
        yield return Ask("miettinen-nurminen", "Miettinen–Nurminen", Proportions.MiettinenNurminen, new Claim.Value(table.MiettinenNurminen, 1e-6));

        Question<Simulation.Exactness> Ask(string name, string procedure, IntervalOf interval, Claim claim) => new(
            string.Create(CultureInfo.InvariantCulture, $"{name}/{table.Controls}-{table.Treatments}"), procedure, claim, "independent enumeration", _ => Coverage(table, interval))
        {
            Column = string.Create(CultureInfo.InvariantCulture, $"{table.Controls} and {table.Treatments} units, {table.Control:0.##} and {table.Treatment:0.##}"),
        };
    }

    private static double Coverage(Table table, IntervalOf interval)
    {
        double[] control = Masses(table.Controls, table.Control), treatment = Masses(table.Treatments, table.Treatment);
        double covered = 0, difference = table.Treatment - table.Control;
        for (var x = 0; x < control.Length; x++)
        {
            for (var y = 0; y < treatment.Length; y++)
            {
                var mass = control[x] * treatment[y];
                if (mass < Negligible) continue;
                var ends = interval(x, table.Controls, y, table.Treatments, Alpha).Value;
                if (ends.Lower <= difference && difference <= ends.Upper) covered += mass;
            }
        }

        return covered;
    }

    private static Question<Simulation.Exactness> Single(string name, string procedure, int count, double rate, Func<long, long, double, Outcome<Interval>> interval, Claim claim) =>
        new(name, procedure, claim, "independent enumeration", _ => Masses(count, rate).Select((mass, x) => mass < Negligible ? 0 : Covers(interval(x, count, Alpha).Value, rate) * mass).Sum());

    private static Question<Simulation.Exactness> Level(string name, string procedure, int count, double rate, Func<long, long, long, double> pValue, Claim claim) => new(name, procedure, claim, "independent enumeration", _ =>
    {
        var masses = Masses(count, rate);
        double rejected = 0;
        for (var x = 0; x <= count; x++)
        {
            for (var y = 0; y <= count; y++)
            {
                var mass = masses[x] * masses[y];
                if (mass >= Negligible && pValue(x, y, count) <= Alpha) rejected += mass;
            }
        }

        return rejected;
    });

    private static double PooledP(long x, long y, long n) => Proportions.PooledTest(x, n, y, n).TryGet(out var test) ? Normal.TwoSidedPValue(test.Z) : 1;

    private static double Covers(Interval interval, double rate) => interval.Lower <= rate && rate <= interval.Upper ? 1 : 0;

    /// <summary>P(X = x) of a binomial, outwards from its mode.</summary>
    internal static double[] Masses(int count, double rate)
    {
        var masses = new double[count + 1];
        var (mode, odds) = ((int)((count + 1) * rate), rate / (1 - rate));
        masses[mode] = 1;
        for (var x = mode; x < count; x++) masses[x + 1] = masses[x] * odds * (count - x) / (x + 1);
        for (var x = mode; x > 0; x--) masses[x - 1] = masses[x] / odds * x / (count - x + 1);
        var total = masses.Sum();
        return [.. masses.Select(mass => mass / total)];
    }

    private sealed record Table(
        int Controls, int Treatments, double Control, double Treatment, double Wald, double Newcombe, double AgrestiCaffo, double Score, double MiettinenNurminen);
}
