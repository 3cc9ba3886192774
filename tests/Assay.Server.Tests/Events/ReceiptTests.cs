using Assay.Server.Events;
using Assay.Server.Storage;

namespace Assay.Server.Tests.Events;

public sealed class ReceiptTests
{
    [Fact]
    public void A_receipt_accounts_for_every_item()
    {
        var sifted = Samples.Conversions("""
            {"conversions":[{"user_id":"a","metric":"purchase"},{"user_id":"b","metric":"nothing"},{"user_id":"c","metric":"purchase","idempotency_key":"k"},
                            {"user_id":"d","metric":"purchase","idempotency_key":"k"},{"user_id":"","metric":"purchase"},{"user_id":"c","metric":"purchase","idempotency_key":"k"}]}
            """);
        var receipt = Receipt.Of(sifted, new BatchOutcome([ItemFate.Recorded, ItemFate.Recorded, ItemFate.Conflict, ItemFate.Duplicate], 184467));

        Assert.Equal((6, 2, 1, 184467), (receipt.Received, receipt.Recorded, receipt.Deduplicated, receipt.Watermark));
        Assert.Equal([(1, "unknown_metric"), (3, "conflicting_duplicate"), (4, "missing_user_id")], receipt.Rejected.Select(rejection => (rejection.Index, rejection.Code)));
        Assert.Equal([new Warning("no_id", 1)], receipt.Warnings);
        Assert.Equal(receipt.Received, receipt.Recorded + receipt.Deduplicated + receipt.Rejected.Length);
    }

    [Fact]
    public void Names_no_experiment_uses_are_warned_of()
    {
        var sifted = Samples.Events("""{"events":[{"id":"1","user_id":"a","name":"purchase"},{"id":"2","user_id":"a","name":"purchas"}]}""");
        Assert.Equal(2, sifted.Batch.Events.Length);
        Assert.Equal([new Warning("unused_name", 1)], sifted.Warnings);
    }

    [Fact]
    public void Conversions_have_the_experiments_namespace_and_events_the_installations()
    {
        var conversion = Assert.Single(Samples.Conversions("""{"conversions":[{"user_id":"a","metric":"purchase","idempotency_key":"k","value":-0.0}]}""").Batch.Events);
        var written = Assert.Single(Samples.Events("""{"events":[{"user_id":"a","name":"purchase","id":"k","properties":{"b":1,"a":2.0}}]}""").Batch.Events);
        Assert.Equal(("checkout", "k", false), (conversion.Scope, conversion.Id, double.IsNegative(conversion.Value)));
        Assert.Equal((null, "k", 1, """{"a":2,"b":1}"""), (written.Scope, written.Id, written.Value, written.Properties));
    }
}
