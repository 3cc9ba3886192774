namespace Assay.Analysis.Calibration;

/// <summary>A procedure as a function of what a run drew, and its right answer.</summary>
/// <typeparam name="T">What a run draws.</typeparam>
/// <param name="Name">Last part of the study's name.</param>
/// <param name="Procedure">For people.</param>
/// <param name="Claim">The right answer, computed when it is asked for.</param>
/// <param name="From">Where the right answer is from.</param>
/// <param name="Answer">The answer of a run: 1 or 0, a quantity, or NaN where the run has none.</param>
internal sealed record Question<T>(string Name, string Procedure, Func<Claim> Claim, string From, Func<T, double> Answer)
{
    public Question(string name, string procedure, Claim claim, string from, Func<T, double> answer)
        : this(name, procedure, () => claim, from, answer)
    {
    }

    /// <summary>A question of yes or no.</summary>
    public Question(string name, string procedure, Claim claim, string from, Func<T, bool> answer)
        : this(name, procedure, () => claim, from, answer)
    {
    }

    /// <summary>A question of yes or no.</summary>
    public Question(string name, string procedure, Func<Claim> claim, string from, Func<T, bool> answer)
        : this(name, procedure, claim, from, (T sample) => answer(sample) ? 1.0 : 0.0)
    {
    }

    /// <summary>Whether it is shown beside ours because others do it so, and it errs.</summary>
    public bool IsNaive { get; init; }

    /// <summary>Whether it is ours, known to err as far as the claim says.</summary>
    public bool IsApproximate { get; init; }

    /// <summary>Column of a table that compares several questions of one procedure.</summary>
    public string? Column { get; init; }
}
