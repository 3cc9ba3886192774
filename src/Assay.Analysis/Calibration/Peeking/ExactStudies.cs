using System.Collections.Immutable;
using System.Globalization;
using Assay.Analysis.Calibration.Chance;
using Assay.Statistics;

namespace Assay.Analysis.Calibration.Peeking;

/// <summary>Procedures for counts that need no normal approximation, and so no start rule: a rare conversion, and a very rare one.</summary>
internal static class ExactStudies
{
    private const double Alpha = 0.05;

    private static readonly ImmutableArray<int> Looks = [1, 20, 100, 1000];

    /// <summary>Bets on a block from the blocks before it: of one look it says nothing.</summary>
    private const string BlocksOnly = "two-by-two";

    private static readonly ImmutableArray<(string Key, string Title, Func<Looker> Begin)> Procedures =
    [
        ("bernoulli", "Bernoulli sequence of a rate (Beta mixture)", () => new BernoulliLooker(tuned: false)),
        ("bernoulli-tuned", "Bernoulli sequence of a rate, tuned to the end", () => new BernoulliLooker(tuned: true)),
        ("stitched-bernoulli", "stitched boundary of a rate", () => new StitchedLooker()),
        (BlocksOnly, "2×2 e-process of the difference", () => new BlockLooker()),
    ];

    public static ImmutableArray<Simulation> All { get; } =
    [
        Of("rare", "A/A by exact procedures, a rare conversion", 0.01, 100),
        Of("very-rare", "A/A by exact procedures, ten conversions in all", 0.0005, 20),
    ];

    private static Simulation Of(string key, string title, double rate, int batch)
    {
        var studies = (from procedure in Procedures from looks in Looks where looks > 1 || procedure.Key != BlocksOnly select (Procedure: procedure, Looks: looks)).ToArray();
        return new Simulation
        {
            Name = $"peeking/exact-{key}",
            Title = title,
            World = string.Create(CultureInfo.InvariantCulture, $"A conversion of {100 * rate} % in both arms, {1000 * batch:N0} units an arm at the end."),
            Runs = 10_000,
            LeastRuns = 1_000,
            Studies = [.. studies.Select(study => new Study(
                string.Create(CultureInfo.InvariantCulture, $"peeking/exact-{key}/{study.Procedure.Key}/{study.Looks}"), study.Procedure.Title, new Claim.AtMost(Alpha), "nominal, not asymptotic")
            {
                Column = study.Looks == 1 ? "1 look" : string.Create(CultureInfo.InvariantCulture, $"{study.Looks:N0} looks"),
            })],
            Prepare = () => (draws, answers) => Run(draws, answers, rate, batch, studies.Select(study => (study.Procedure.Begin(), study.Looks)).ToArray()),
        };
    }

    private static void Run(Draws draws, Span<double> answers, double rate, int batch, (Looker Looker, int Looks)[] lookers)
    {
        answers.Clear();
        long control = 0, treatment = 0;
        for (var tick = 1; tick <= Looks[^1]; tick++)
        {
            control += draws.Binomial(batch, rate);
            treatment += draws.Binomial(batch, rate);
            for (var i = 0; i < lookers.Length; i++)
            {
                if (tick % (Looks[^1] / lookers[i].Looks) == 0 && answers[i] == 0 && lookers[i].Looker.Rejects(control, treatment, (long)tick * batch, rate, Looks[^1] * batch)) answers[i] = 1;
            }
        }
    }

    /// <summary>A procedure between looks.</summary>
    private abstract class Looker
    {
        /// <summary>Whether the truth is rejected: the rate itself, or that both are equal.</summary>
        public abstract bool Rejects(long control, long treatment, long count, double rate, int planned);
    }

    private sealed class BernoulliLooker(bool tuned) : Looker
    {
        public override bool Rejects(long control, long treatment, long count, double rate, int planned)
        {
            // An interval is two roots of the evidence; the evidence at the truth says the same at less cost.
            return (tuned ? BernoulliSequence.TunedLogEvidence(control, count, rate, planned, Alpha) : BernoulliSequence.LogEvidence(control, count, rate, 1, 1)) >= -Math.Log(Alpha);
        }
    }

    private sealed class StitchedLooker : Looker
    {
        public override bool Rejects(long control, long treatment, long count, double rate, int planned)
        {
            // Deviations of a Bernoulli are sub-gamma with scale (1 − 2p)/3 above, and of the mirrored one below.
            double variance = rate * (1 - rate) * count, deviation = control - (rate * count), earliest = 0.1 * rate * (1 - rate) * planned;
            return deviation >= StitchedBoundary.Polynomial(variance, Alpha / 2, earliest, (1 - (2 * rate)) / 3)
                || -deviation >= StitchedBoundary.Polynomial(variance, Alpha / 2, earliest);
        }
    }

    /// <summary>Each look closes a block.</summary>
    private sealed class BlockLooker : Looker
    {
        private TwoSampleSequence _sequence = new();
        private (long Control, long Treatment, long Count) _before;

        public override bool Rejects(long control, long treatment, long count, double rate, int planned)
        {
            var block = count - _before.Count;
            _sequence = _sequence.After(control - _before.Control, block, treatment - _before.Treatment, block);
            _before = (control, treatment, count);
            return _sequence.PValue <= Alpha;
        }
    }
}
