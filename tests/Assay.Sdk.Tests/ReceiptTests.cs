using CsCheck;

namespace Assay.Sdk.Tests;

public sealed class ReceiptTests
{
    private static readonly string[] Codes = ["no_id", "unused_name", "skewed"];

    private static readonly Gen<Receipt> Receipts =
        from recorded in Gen.Int[0, 1_000]
        from deduplicated in Gen.Int[0, 1_000]
        from rejected in Gen.Int[0, 5]
        from warnings in Gen.Select(Gen.Int[0, 2].Select(static i => Codes[i]), Gen.Int[1, 9]).Array[0, 3]
        from watermark in Gen.Long[0, 1L << 40]
        select new Receipt(
            recorded + deduplicated + rejected,
            recorded,
            deduplicated,
            [.. Enumerable.Range(0, rejected).Select(i => new Rejection(i, "invalid_value"))],
            [.. warnings.DistinctBy(static warning => warning.Item1, StringComparer.Ordinal)
                .Select(static warning => new Warning(warning.Item1, warning.Item2))],
            watermark);

    [Fact]
    public void Nothing_before_or_after_changes_nothing() =>
        Receipts.Sample(receipt => Same(receipt, Receipt.Empty.Then(receipt)) && Same(receipt, receipt.Then(Receipt.Empty)));

    [Fact]
    public void Grouping_does_not_matter() =>
        Gen.Select(Receipts, Receipts, Receipts).Sample((a, b, c) => Same(a.Then(b).Then(c), a.Then(b.Then(c))));

    [Fact]
    public void Every_item_is_accounted_for() =>
        Gen.Select(Receipts, Receipts).Sample((a, b) =>
        {
            var both = a.Then(b);
            return both.Received == both.Recorded + both.Deduplicated + both.Rejected.Count
                && both.Rejected.Select(static rejection => rejection.Index).Distinct().Count() == a.Rejected.Count + b.Rejected.Count;
        });

    private static bool Same(Receipt one, Receipt other) =>
        one.Rejected.SequenceEqual(other.Rejected) && one.Warnings.SequenceEqual(other.Warnings)
        && one == other with { Rejected = one.Rejected, Warnings = one.Warnings };
}
