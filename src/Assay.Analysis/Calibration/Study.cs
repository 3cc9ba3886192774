namespace Assay.Analysis.Calibration;

/// <summary>One procedure in one simulated world, with the right answer.</summary>
public sealed class Study
{
    private readonly Lazy<Claim> _claim;

    /// <param name="name">Unique, by parts from the general to the particular.</param>
    /// <param name="procedure">The procedure, for people.</param>
    /// <param name="claim">The right answer; computed when it is asked for, because a recursion may be behind it.</param>
    /// <param name="from">Where the right answer is from.</param>
    internal Study(string name, string procedure, Func<Claim> claim, string from)
    {
        (Name, Procedure, From) = (name, procedure, from);
        _claim = new Lazy<Claim>(claim);
    }

    internal Study(string name, string procedure, Claim claim, string from)
        : this(name, procedure, () => claim, from)
    {
    }

    /// <summary>Unique, by parts from the general to the particular: <c>peeking/binary/mixture/20</c>.</summary>
    public string Name { get; }

    /// <summary>The procedure, for people.</summary>
    public string Procedure { get; }

    /// <summary>Where the right answer is from.</summary>
    public string From { get; }

    /// <summary>The column of a table that compares several studies of one procedure; null where a study is a row of its own.</summary>
    public string? Column { get; internal init; }

    /// <summary>Whether it is shown beside ours because others do it so, and it errs.</summary>
    public bool IsNaive { get; internal init; }

    /// <summary>Whether it is ours, known to err as far as its right answer says.</summary>
    public bool IsApproximate { get; internal init; }

    internal Claim Claim => _claim.Value;
}
