using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;

namespace Assay.Analysis.Calibration;

/// <summary>Runs studies: in parallel over runs, with the same tallies on any number of cores.</summary>
public static class CalibrationRun
{
    /// <summary>The seed of the published page.</summary>
    public const ulong DefaultSeed = 20260101;

    /// <summary>The factor of a quick look, which a test suite can afford.</summary>
    public const double QuickFactor = 0.05;

    private const int ChunkSize = 25;

    /// <summary>Runs the studies whose name starts with the given one, or all.</summary>
    /// <param name="runsFactor">Runs over those of the published page, &gt; 0; a study never has fewer than it needs to decide.</param>
    /// <param name="seed">The same seed draws the same numbers.</param>
    /// <param name="only">Start of the names of the studies wanted; null for all.</param>
    /// <param name="progress">Told the name of each world before it is simulated.</param>
    /// <param name="cancellation">Ends the run early.</param>
    public static CalibrationReport Run(double runsFactor = 1, ulong seed = DefaultSeed, string? only = null, Action<string>? progress = null, CancellationToken cancellation = default)
    {
        if (!(runsFactor > 0 && double.IsFinite(runsFactor))) throw new ArgumentOutOfRangeException(nameof(runsFactor), runsFactor, "Must be positive and finite.");
        var sections = ImmutableArray.CreateBuilder<CalibrationSection>();
        foreach (var simulation in CalibrationStudies.Simulations.Where(simulation => simulation.Studies.Any(Wanted)))
        {
            progress?.Invoke(simulation.Name);
            var results = Run(simulation, runsFactor, seed, cancellation).Where(result => Wanted(result.Study));
            sections.Add(new CalibrationSection(simulation.Name, simulation.Title, simulation.World, [.. results]));
        }

        return new CalibrationReport(seed, runsFactor, sections.ToImmutable());

        bool Wanted(Study study) => only is null || study.Name.StartsWith(only, StringComparison.Ordinal);
    }

    /// <summary>Simulates a world; where a study disagrees with its right answer, once more with other numbers, so that a rare draw is not taken for a defect.</summary>
    internal static ImmutableArray<StudyResult> Run(Simulation simulation, double factor, ulong seed, CancellationToken cancellation = default)
    {
        var run = simulation.Prepare();
        var first = Simulate(simulation, run, factor, seed, cancellation);
        var second = simulation.Runs > 1 && simulation.Studies.Zip(first).Any(pair => !pair.First.Claim.Agrees(pair.Second))
            ? Simulate(simulation, run, factor, ~seed, cancellation)
            : first;
        return [.. simulation.Studies.Select((study, at) => study.Claim.Agrees(first[at]) ? Judge(study, first[at], false) : Judge(study, second[at], second != first))];
    }

    private static Tally[] Simulate(Simulation simulation, Simulation.Run run, double factor, ulong seed, CancellationToken cancellation)
    {
        var (runs, key) = (simulation.RunsAt(factor), Draws.Key(simulation.Name));
        var chunks = new Tally[(runs + ChunkSize - 1) / ChunkSize][];
        Parallel.For(0, chunks.Length, new ParallelOptions { CancellationToken = cancellation }, chunk =>
        {
            var tallies = Empty(simulation);
            var answers = new double[tallies.Length];
            for (var number = chunk * ChunkSize; number < Math.Min(runs, (chunk + 1) * ChunkSize); number++)
            {
                Array.Fill(answers, double.NaN);
                run(new Draws(seed, key, (ulong)number), answers);
                for (var i = 0; i < answers.Length; i++) tallies[i].Add(answers[i]);
            }

            chunks[chunk] = tallies;
        });
        var total = Empty(simulation);
        foreach (var chunk in chunks)
        {
            for (var i = 0; i < total.Length; i++) total[i].Add(chunk[i]);
        }

        return total;
    }

    private static Tally[] Empty(Simulation simulation) => [.. simulation.Studies.Select(study => new Tally(study.Claim is Claim.Uniform))];

    private static StudyResult Judge(Study study, Tally tally, bool isSecond) => new()
    {
        Study = study,
        Runs = tally.Count,
        Sum = tally.Sum,
        Measured = tally.Mean,
        StandardError = tally.StandardError,
        RightAnswer = study.Claim.RightAnswer,
        BrokenFrom = study.Claim.BrokenFrom(tally.Count),
        Verdict = !study.Claim.Agrees(tally) ? Verdict.Broken : study.Claim.IsFailure ? Verdict.FailsAsItShould : Verdict.Holds,
        IsSecond = isSecond,
    };
}
