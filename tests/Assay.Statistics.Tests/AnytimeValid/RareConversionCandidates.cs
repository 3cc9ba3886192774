using System.Globalization;
using Assay.Statistics.Distributions;

namespace Assay.Statistics.Tests.AnytimeValid;

/// <summary>The procedures that decision 0008 weighs for rare conversions, in one seeded simulation of 28 equal looks.</summary>
public sealed class RareConversionCandidates
{
    private const double Baseline = 0.01, Lift = 1, Alpha = 0.05;
    private const int Looks = 28;

    // The least at which the chosen procedure has a power of .8 in one look.
    private const long Size = 4400;

    private delegate double Evidence(long xc, long nc, long xt, long nt);

    [Fact]
    public void Opposed_priors_that_go_along_with_the_share_under_test_win_at_the_planned_baseline_and_lose_least_at_a_wrong_one()
    {
        foreach (var factor in (double[])[0.5, 1, 2])
        {
            var rows = Simulate(factor, Lift, 400);
            var chosen = rows["opposed moving priors"];
            foreach (var other in (string[])["fixed prior", "half fixed, half wide", "one moving prior"])
                Assert.True(chosen.AtEnd >= rows[other].AtEnd && chosen.Expected <= rows[other].Expected, $"{other} at {factor} times the baseline");
        }
    }

    /// <summary>The table of the decision: power by any look, power at the last, expected share of the planned size.</summary>
    [Fact(Explicit = true)]
    public void Table()
    {
        foreach (var factor in (double[])[0.5, 1, 2, 5])
            foreach (var lift in (double[])[0, Lift])
                foreach (var (name, row) in Simulate(factor, lift, 10_000))
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {factor} | {lift} | {name} | {row.Any:0.000} | {row.AtEnd:0.000} | {row.Expected:0.000} |"));
    }

    private static Dictionary<string, (double Any, double AtEnd, double Expected)> Simulate(double factor, double lift, int runs)
    {
        var candidates = Candidates();
        var crossed = candidates.ToDictionary(candidate => candidate.Name, _ => (Any: 0, AtEnd: 0, Looks: 0), StringComparer.Ordinal);
        var coins = new Coins((ulong)(1000 * (factor + lift)));
        double control = Baseline * factor, treatment = control * (1 + lift);
        for (var run = 0; run < runs; run++)
        {
            var stopped = candidates.ToDictionary(candidate => candidate.Name, _ => 0, StringComparer.Ordinal);
            var blocks = new TwoSampleSequence();
            long xc = 0, xt = 0, n = 0;
            for (var look = 1; look <= Looks; look++)
            {
                var more = (Size * look / Looks) - n;
                long yc = coins.Successes(more, control), yt = coins.Successes(more, treatment);
                (xc, xt, n, blocks) = (xc + yc, xt + yt, n + more, blocks.After(yc, more, yt, more));
                foreach (var (name, evidence) in candidates)
                {
                    if (stopped[name] > 0 && look < Looks) continue;
                    if ((evidence is null ? blocks.LogEvidence : evidence(xc, n, xt, n)) < -Math.Log(Alpha)) continue;
                    if (look == Looks) crossed[name] = crossed[name] with { AtEnd = crossed[name].AtEnd + 1 };
                    if (stopped[name] == 0) stopped[name] = look;
                }
            }

            foreach (var (name, look) in stopped)
                crossed[name] = crossed[name] with { Any = crossed[name].Any + Math.Min(1, look), Looks = crossed[name].Looks + (look == 0 ? Looks : look) };
        }

        return crossed.ToDictionary(row => row.Key, row => ((double)row.Value.Any / runs, (double)row.Value.AtEnd / runs, (double)row.Value.Looks / runs / Looks), StringComparer.Ordinal);
    }

    private static List<(string Name, Evidence? Of)> Candidates()
    {
        // Spread of a prior that is sharpest at the planned size: of two shares, and (normal mixture) of one difference.
        double two = -LambertW.LowerOfMinusExp(Math.Log(Alpha) - 1) - 1, one = -LambertW.LowerOfMinusExp((2 * Math.Log(Alpha)) - 1) - 1;
        MovingBeta moving = new(Size / two, 0.5, 0.5);
        OpposedPriors single = new(moving, moving, moving, moving);
        var chosen = TwoProportionSequence.Planned(Baseline, Size, Size, Alpha);
        var mixture = one * 2 * Baseline * (1 - Baseline) / Size;
        var conversions = Size * Baseline * (2 + Lift) / one / 2;
        return
        [
            ("fixed prior", (xc, nc, xt, nt) => Fixed(Size / two / 2, xc, nc, xt, nt)),
            ("half fixed, half wide", (xc, nc, xt, nt) => Half(Fixed(Size / two / 2, xc, nc, xt, nt), Marginal(0.5, 0.5, xc, nc, xt, nt))),
            ("one moving prior", (xc, nc, xt, nt) => new TwoProportionEvidence(single, xc, nc, xt, nt).OfDifference(0)),
            ("opposed moving priors", (xc, nc, xt, nt) => chosen.LogEvidence(xc, nc, xt, nt)),
            ("blocks of a look (Turner, Ly & Grunwald)", null),
            ("arm of each conversion", (xc, nc, xt, nt) => BernoulliSequence.LogEvidence(xt, xc + xt, 0.5, conversions, conversions)),
            ("normal mixture, from the first unit", (xc, nc, xt, nt) => xc + xt == 0 ? 0 : Normal(xc, nc, xt, nt)),
            ("normal mixture, from 100 conversions", (xc, nc, xt, nt) => Math.Min(xc, xt) < 100 ? 0 : Normal(xc, nc, xt, nt)),
        ];

        double Normal(long xc, long nc, long xt, long nt)
        {
            var effect = Proportions.Difference(xc, nc, xt, nt).Value;
            return AlwaysValid.LogEvidence(effect.Value, effect.Variance, mixture);
        }
    }

    private static double Fixed(double concentration, long xc, long nc, long xt, long nt) =>
        Marginal(concentration * Baseline, concentration * (1 - Baseline), xc, nc, xt, nt);

    /// <summary>Universal inference: one prior for both arms over the likelihood of the pooled share.</summary>
    private static double Marginal(double a, double b, long xc, long nc, long xt, long nt)
    {
        double x = xc + xt, n = nc + nt, pooled = x / n;
        var likelihood = (x == 0 ? 0 : x * Math.Log(pooled)) + (x == n ? 0 : (n - x) * Math.Log(1 - pooled));
        return LogGamma.Beta(a + xc, b + nc - xc) + LogGamma.Beta(a + xt, b + nt - xt) - (2 * LogGamma.Beta(a, b)) - likelihood;
    }

    private static double Half(double left, double right) => Math.Max(left, right) + Math.Log((1 + Math.Exp(-Math.Abs(left - right))) / 2);
}
