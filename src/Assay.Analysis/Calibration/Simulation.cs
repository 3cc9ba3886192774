using System.Collections.Immutable;
using Assay.Analysis.Calibration.Chance;

namespace Assay.Analysis.Calibration;

/// <summary>One world, simulated run by run; each run answers all its studies.</summary>
internal sealed record Simulation
{
    /// <summary>One run: an answer to each study, in their order; what is left NaN has none.</summary>
    public delegate void Run(Draws draws, Span<double> answers);

    /// <summary>Also the key of its random numbers.</summary>
    public required string Name { get; init; }

    /// <summary>The heading it stands under.</summary>
    public required string Title { get; init; }

    /// <summary>What is simulated, in a sentence.</summary>
    public required string World { get; init; }

    /// <summary>Runs at factor 1; 1 for what is computed and not simulated.</summary>
    public required int Runs { get; init; }

    /// <summary>Runs without which the claims decide nothing.</summary>
    public required int LeastRuns { get; init; }

    public required ImmutableArray<Study> Studies { get; init; }

    /// <summary>Computes what all runs share, and gives the run.</summary>
    public required Func<Run> Prepare { get; init; }

    /// <summary>Runs at a factor.</summary>
    public int RunsAt(double factor) => Runs == 1 ? 1 : (int)Math.Max(LeastRuns, Math.Min(Runs * factor, int.MaxValue));

    /// <summary>A world that is drawn anew by each run and asked several questions.</summary>
    public static Simulation Of<T>(string name, string title, string world, int runs, int leastRuns, Func<Draws, T> draw, params IEnumerable<Question<T>> questions)
    {
        var asked = questions.ToArray();
        return new Simulation
        {
            Name = name,
            Title = title,
            World = world,
            Runs = runs,
            LeastRuns = leastRuns,
            Studies = [.. asked.Select(question => new Study($"{name}/{question.Name}", question.Procedure, question.Claim, question.From) { Column = question.Column, IsNaive = question.IsNaive, IsApproximate = question.IsApproximate })],
            Prepare = () => (draws, answers) =>
            {
                var sample = draw(draws);
                for (var i = 0; i < answers.Length; i++) answers[i] = asked[i].Answer(sample);
            },
        };
    }

    /// <summary>Values that are computed exactly, without drawing.</summary>
    public static Simulation Computed(string name, string title, string world, params IEnumerable<Question<Exactness>> questions) =>
        Of(name, title, world, 1, 1, _ => default(Exactness), questions);

    /// <summary>What a computation draws: nothing.</summary>
    public readonly record struct Exactness;
}
