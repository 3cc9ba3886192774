using Assay.Server.Storage;
using Dapper;
using Npgsql;

namespace Assay.Server.Tests.Storage.Postgres;

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresStoreTests(PostgresCluster cluster) : EventStoreContract, IAsyncLifetime
{
    private readonly PostgresStores _stores = new(cluster);

    // A history costs a schema and a few hundred round trips here.
    private protected override int Histories => 60;

    public ValueTask InitializeAsync()
    {
        cluster.SkipUnlessHere();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task Who_and_what_only_refused_items_named_is_not_kept()
    {
        var storage = await _stores.StorageAsync("refusals");
        await using var store = await _stores.OpenAsync("refusals");
        await store.OpenAsync(History.Views[0], History.Origin, CancellationToken.None);
        var first = new EventItem(0, "u1", "buy", 2.5, History.Start, null, "e1", null, null);
        var other = first with { UserId = "u2", Name = "sell" };
        Assert.Equal([ItemFate.Recorded], await CommitAsync(first));
        Assert.Equal([ItemFate.Conflict], await CommitAsync(other));
        await using var connection = new NpgsqlConnection(storage);
        Assert.Equal(["u1"], await connection.QueryAsync<string>("select user_id from units"));
        Assert.Equal(["buy"], await connection.QueryAsync<string>("select text from names"));

        // Nor are they remembered: the next commit gives them numbers anew.
        Assert.Equal([ItemFate.Conflict, ItemFate.Recorded], await CommitAsync(other, other with { Index = 1, Id = "e2" }));
        Assert.Equal(["u2"], await connection.QueryAsync<string>("select user_id from events join units using (unit) where id = @id", new { id = EventId.Of("e2") }));
        Assert.Equal(["sell"], await connection.QueryAsync<string>("select text from events join names using (name) where id = @id", new { id = EventId.Of("e2") }));

        async Task<IEnumerable<ItemFate>> CommitAsync(params EventItem[] items) =>
            (await store.CommitAsync([new Batch(null, History.Start) { Events = [.. items] }], History.Origin, CancellationToken.None))[0].Fates;
    }

    private protected override async Task<IEventStore> OpenStoreAsync(string name) => await _stores.OpenAsync(name);
}
