using System.Globalization;
using Assay.Server.Storage.Auditing;

namespace Assay.Server.Storage;

/// <summary>A row of <c>records</c>: something of a readout that is kept as it was.</summary>
internal sealed record RecordRow
{
    /// <summary>All but the moments, which are large and which nothing but a single record is asked for with.</summary>
    public const string Listed = "experiment, iteration, kind, name, at, as_of, watermark, content";

    public const string Columns = $"{Listed}, moments";

    public required string Experiment { get; init; }

    public required int Iteration { get; init; }

    public required string Kind { get; init; }

    /// <summary>Which of its kind.</summary>
    public required string Name { get; init; }

    public required long At { get; init; }

    public required long AsOf { get; init; }

    public required long Watermark { get; init; }

    /// <summary>JSON.</summary>
    public required string Content { get; init; }

    /// <summary>JSON; null for what has none, and in lists.</summary>
    public string? Moments { get; init; }

    /// <summary>What the audit keeps of it: a hash of every column, written as entries of the audit are.</summary>
    public string Digest() => AuditChain.Hash(Experiment, Text(Iteration), Kind, Name, Text(At), Text(AsOf), Text(Watermark), Content, Moments);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What is recorded of readouts.</summary>
internal enum RecordKind
{
    /// <summary>A look of a group-sequential design.</summary>
    Look,

    /// <summary>The first time that a decision valid at every look was significant.</summary>
    Crossing,

    /// <summary>A verdict that is another than the one before.</summary>
    Verdict,

    /// <summary>An iteration that an amendment has ended, with its design and its last readout.</summary>
    Iteration,
}
