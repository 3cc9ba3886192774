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

    private static readonly ImmutableArray<int> Looks = [1, 20, 100, Ticks];

    public static ImmutableArray<Simulation> All { get; } =
    [
        Of("planned", "The exact sequence of two proportions, the baseline as planned", 0.01, 5),
        Of("off-plan", "The exact sequence of two proportions, a baseline five times the planned", 0.05, 5),
        Of("few", "The exact sequence of two proportions, two conversions an arm", 0.0004, 5),
    ];

    private static Simulation Of(string name, string title, double rate, int batch)
    {
        const double planned = 0.01;
        var sequence = TwoProportionSequence.Planned(planned, Ticks * batch, Ticks * batch, Alpha);
        return Simulation.Of(
            $"peeking/sequence-{name}",
            title,
            string.Create(CultureInfo.InvariantCulture, $"A conversion of {100 * rate:0.##} % in both arms, {Ticks * batch:N0} units an arm at the end; the plan expects 1 %."),
            2_000,
            500,
            draws => Crossings(draws, sequence, rate, batch),
            [.. Looks.Select((count, column) => new Question<bool[]>(
                string.Create(CultureInfo.InvariantCulture, $"two-proportions/{count}"), "exact sequence of two proportions (the readout's for few conversions)", new Claim.AtMost(Alpha), "nominal, not asymptotic", crossed => crossed[column])
            {
                Column = count == 1 ? "1 look" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} looks"),
            })]);
    }

    private static bool[] Crossings(Draws draws, TwoProportionSequence sequence, double rate, int batch)
    {
        var crossed = new bool[Looks.Length];
        long control = 0, treatment = 0;
        for (var tick = 1; tick <= Ticks; tick++)
        {
            control += draws.Binomial(batch, rate);
            treatment += draws.Binomial(batch, rate);
            if (control == treatment || Math.Abs(control - treatment) <= Unremarkable * Math.Sqrt(control + treatment)) continue;
            if (crossed[^1] && !Looks.Where((count, column) => !crossed[column] && tick % (Ticks / count) == 0).Any()) continue;
            if (sequence.LogEvidence(control, (long)tick * batch, treatment, (long)tick * batch) < -Math.Log(Alpha)) continue;
            for (var column = 0; column < Looks.Length; column++) crossed[column] |= tick % (Ticks / Looks[column]) == 0;
        }

        return crossed;
    }
}
