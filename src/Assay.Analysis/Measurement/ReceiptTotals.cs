namespace Assay.Analysis.Measurement;

/// <summary>What became of the items received; sums of them tell the history of arrival, which depends on what was sent again.</summary>
/// <param name="Received">Items received, refused and repeated ones included.</param>
/// <param name="Duplicate">Those that had been sent before.</param>
/// <param name="Refused">Those that were refused.</param>
public readonly record struct ReceiptTotals(long Received, long Duplicate, long Refused)
{
    /// <summary>Items stored.</summary>
    public long Recorded => Received - Duplicate - Refused;

    /// <summary>Both together.</summary>
    public ReceiptTotals Plus(ReceiptTotals other) => new(Received + other.Received, Duplicate + other.Duplicate, Refused + other.Refused);

    /// <summary>Those that are left without the other's.</summary>
    public ReceiptTotals Minus(ReceiptTotals other) => new(Received - other.Received, Duplicate - other.Duplicate, Refused - other.Refused);
}

/// <summary>Items are counted by variation and UTC day of arrival.</summary>
/// <param name="Variation">Index of the variation, −1 the holdout, <see cref="NoVariation"/> for an item that has none.</param>
/// <param name="Day">UTC day of arrival, from the Unix epoch.</param>
public readonly record struct ReceiptKey(int Variation, long Day)
{
    /// <summary>Stands for the variation of an item that has none, such as an event.</summary>
    public const int NoVariation = -2;
}
