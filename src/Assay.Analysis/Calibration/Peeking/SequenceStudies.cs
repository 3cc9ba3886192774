using System.Collections.Immutable;
using System.Globalization;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>The exact sequence of two proportions that decides a plan with few conversions.</summary>
internal static class SequenceStudies
{
    private const double Alpha = 0.05;
    private const int Ticks = 1000;

    /// <summary>A smaller |z| can be no evidence; one for which it were would be joined by larger ones.</summary>
    private const double Unremarkable = 1;

    private const int UnitsOfAnArm = 20_000;

    private static readonly ImmutableArray<int> Looks = [1, 20, 100, Ticks];

    /// <summary>Arrivals at each tick, but for a factor.</summary>
    private static readonly double[] Pace = [.. Enumerable.Range(1, Ticks).Select(tick => tick * (1 + (0.6 * Math.Sin(2 * Math.PI * tick / 70))))];

    public static ImmutableArray<Simulation> All { get; } =
    [
        Of("planned", "The exact sequence of two proportions, the baseline as planned", 0.01, 0.01, 5),
        Of("off-plan", "The exact sequence of two proportions, a baseline five times the planned", 0.01, 0.05, 5),
        Of("few", "The exact sequence of two proportions, ten conversions an arm", 0.0004, 0.0004, 25),
        Matured(),
    ];

    private static Simulation Of(string name, string title, double planned, double rate, int batch)
    {
        var sequence = TwoProportionSequence.Planned(planned, Ticks * batch, Ticks * batch, Alpha);
        return Simulation.Of(
            $"peeking/sequence-{name}",
            title,
            string.Create(CultureInfo.InvariantCulture, $"A conversion of {100 * rate:0.##} % in both arms, {Ticks * batch:N0} units an arm at the end; the plan expects {100 * planned:0.##} %."),
            5_000,
            500,
            draws => Crossings(sequence, Evenly(draws, rate, batch)),
            Questions);
    }

    /// <summary>Units that come unevenly and ever faster, buy late, and count once their window has closed, by arms that a coin fills.</summary>
    private static Simulation Matured()
    {
        const double rate = 0.01;
        var sequence = TwoProportionSequence.Planned(rate, UnitsOfAnArm, UnitsOfAnArm, Alpha);
        return Simulation.Of(
            "peeking/sequence-matured",
            "The exact sequence of two proportions on matured units",
            "A conversion of 1 % in both arms; 40,000 units come unevenly and ever faster, fall to either arm by a coin, buy at any time of a window as long as the experiment, and count once it has closed.",
            5_000,
            500,
            draws => Crossings(sequence, Unevenly(draws, rate)),
            Questions);
    }

    private static IEnumerable<Question<bool[]>> Questions =>
            [.. Looks.Select((count, column) => new Question<bool[]>(
                string.Create(CultureInfo.InvariantCulture, $"two-proportions/{count}"), "exact sequence of two proportions (the readout's for few conversions)", new Claim.AtMost(Alpha), "nominal, not asymptotic", crossed => crossed[column])
            {
                Column = count == 1 ? "1 look" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} looks"),
            })];

    private static IEnumerable<Counts> Evenly(Draws draws, double rate, int batch)
    {
        long control = 0, treatment = 0;
        for (var tick = 1; tick <= Ticks; tick++)
        {
            control += draws.Binomial(batch, rate);
            treatment += draws.Binomial(batch, rate);
            yield return new Counts(control, (long)tick * batch, treatment, (long)tick * batch);
        }
    }

    /// <summary>What has matured at each tick of the calendar from the first window's end on.</summary>
    private static IEnumerable<Counts> Unevenly(Draws draws, double rate)
    {
        var seen = default(Counts);
        var (left, weight) = (2 * UnitsOfAnArm, Pace.Sum());
        for (var tick = 0; tick < Ticks; tick++)
        {
            // The units of one tick, whose window closes a window later; those that buy in it have bought by then.
            var units = tick + 1 == Ticks ? left : draws.Binomial(left, Math.Min(1, Pace[tick] / weight));
            (left, weight) = (left - units, weight - Pace[tick]);
            var controls = draws.Binomial(units, 0.5);
            seen = new Counts(
                seen.Control + draws.Binomial(controls, rate), seen.Controls + controls, seen.Treatment + draws.Binomial(units - controls, rate), seen.Treatments + units - controls);
            yield return seen;
        }
    }

    private static bool[] Crossings(TwoProportionSequence sequence, IEnumerable<Counts> looks)
    {
        var crossed = new bool[Looks.Length];
        var tick = 0;
        foreach (var look in looks)
        {
            tick++;
            if (!look.IsRemarkable) continue;
            if (crossed[^1] && !Looks.Where((count, column) => !crossed[column] && tick % (Ticks / count) == 0).Any()) continue;
            if (sequence.LogEvidence(look.Control, look.Controls, look.Treatment, look.Treatments) < -Math.Log(Alpha)) continue;
            for (var column = 0; column < Looks.Length; column++) crossed[column] |= tick % (Ticks / Looks[column]) == 0;
        }

        return crossed;
    }

    private readonly record struct Counts(long Control, long Controls, long Treatment, long Treatments)
    {
        public bool IsRemarkable
        {
            get
            {
                double share = (Control + Treatment) / (double)(Controls + Treatments), expected = share * Controls;
                return Math.Abs(Control - expected) > Unremarkable * Math.Sqrt(expected * (1 - share) * Treatments / (Controls + Treatments));
            }
        }
    }
}
