using System.Globalization;
using Assay.Server.Storage.Auditing;

namespace Assay.Server.Storage;

/// <summary>A row of <c>decisions</c>.</summary>
internal sealed record DecisionRow
{
    /// <summary>All but the moments, which are large and which lists leave out.</summary>
    public const string Listed = "experiment, number, iteration, design_version, at, actor, decision, variation, reason, follows, as_of, watermark, verdict";

    public const string Columns = $"{Listed}, moments";

    public required string Experiment { get; init; }

    /// <summary>1, 2, … of the experiment.</summary>
    public required int Number { get; init; }

    public required int Iteration { get; init; }

    public required int DesignVersion { get; init; }

    public required long At { get; init; }

    public required string Actor { get; init; }

    public required string Decision { get; init; }

    /// <summary>What is shipped.</summary>
    public int? Variation { get; init; }

    public string? Reason { get; init; }

    /// <summary>1 where it is what the verdict says.</summary>
    public required int Follows { get; init; }

    public required long AsOf { get; init; }

    public required long Watermark { get; init; }

    /// <summary>JSON.</summary>
    public required string Verdict { get; init; }

    /// <summary>JSON; null in lists.</summary>
    public string? Moments { get; init; }

    /// <summary>What the audit keeps of it: a hash of every column, written as entries of the audit are.</summary>
    public string Digest() => AuditChain.Hash(
        Experiment, Text(Number), Text(Iteration), Text(DesignVersion), Text(At), Actor, Decision, Variation is { } variation ? Text(variation) : null, Reason, Text(Follows), Text(AsOf), Text(Watermark), Verdict, Moments);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What was decided last on an experiment in its current iteration, without the numbers that it was decided on.</summary>
internal sealed record LastDecision
{
    public const string Select =
        """
        select d.experiment, d.decision, d.variation
        from decisions d join experiments e on e.key = d.experiment and e.iteration = d.iteration
        where not exists (select 1 from decisions l where l.experiment = d.experiment and l.number > d.number)
        """;

    public required string Experiment { get; init; }

    public required string Decision { get; init; }

    /// <summary>What is shipped.</summary>
    public int? Variation { get; init; }
}
