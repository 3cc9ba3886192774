namespace Assay.Analysis.Calibration;

/// <summary>What a study measured.</summary>
public sealed record StudyResult
{
    /// <summary>The study.</summary>
    public required Study Study { get; init; }

    /// <summary>Runs that had an answer; 1 where it was computed and not simulated.</summary>
    public required long Runs { get; init; }

    /// <summary>Runs that answered yes, or the sum of what they measured.</summary>
    public required double Sum { get; init; }

    /// <summary>Sum ÷ runs.</summary>
    public required double Measured { get; init; }

    /// <summary>Monte Carlo standard error of <see cref="Measured"/>; 0 where it was computed.</summary>
    public required double StandardError { get; init; }

    /// <summary>The right answer, in words.</summary>
    public required string RightAnswer { get; init; }

    /// <summary>The smallest rate that so many runs would have called broken, where the right answer is a promise not to exceed one; NaN elsewhere.</summary>
    public required double BrokenFrom { get; init; }

    /// <summary>Whether all answers were yes or no: Σx² = Σx.</summary>
    public bool IsOfYesAndNo => Math.Abs((StandardError * StandardError * Runs) - (Measured * (1 - Measured))) <= 1e-9;

    /// <summary>Whether they agree.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Whether a first tally disagreed and these runs are the second, with other random numbers.</summary>
    public required bool IsSecond { get; init; }
}
