namespace Assay.Server.Events;

/// <summary>An item as its sender wrote it: read and well-formed (or flawed), not yet held against an experiment or a clock.</summary>
/// <param name="index">Place in the request, from 0.</param>
internal sealed class WrittenItem(int index)
{
    public int Index { get; } = index;

    public string? UserId { get; set; }

    /// <summary>Event, metric or covariate.</summary>
    public string? Name { get; set; }

    public string? Id { get; set; }

    /// <summary>Any integer; out of the integers' range it is <see cref="int.MaxValue"/>, which is no variation.</summary>
    public int? VariationIndex { get; set; }

    public string? VariationKey { get; set; }

    public double? Value { get; set; }

    /// <summary>The client's own time, microseconds.</summary>
    public long? OccurredAt { get; set; }

    /// <summary>Canonical JSON object.</summary>
    public string? Properties { get; set; }

    public string? Source { get; set; }

    /// <summary>Why a person is excluded.</summary>
    public string? Reason { get; set; }

    /// <summary>The id that a person was known by before.</summary>
    public string? AnonymousId { get; set; }

    /// <summary>The gravest thing wrong with it, or null.</summary>
    public Flaw? Flaw { get; private set; }

    /// <summary>Notes a flaw; of several the gravest is told, so that the same item always gets the same code.</summary>
    public void Blame(string code, string detail)
    {
        if (Flaw is null || Flaw.Gravity(code) < Flaw.Gravity(Flaw.Code)) Flaw = new Flaw(code, detail);
    }
}

/// <summary>What is wrong with an item by itself.</summary>
internal sealed record Flaw(string Code, string Detail)
{
    /// <summary>The order of CONTRACT: who it is about, what is missing, what is wrong, what is too much.</summary>
    public static int Gravity(string code) => code switch
    {
        RejectionCodes.MissingUserId => 0,
        RejectionCodes.MissingAnonymousId => 1,
        RejectionCodes.MissingField => 2,
        RejectionCodes.InvalidValue => 3,
        RejectionCodes.TooLong => 4,
        _ => 5,
    };
}
