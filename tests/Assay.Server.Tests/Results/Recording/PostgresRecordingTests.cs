using Assay.Server.Tests.Storage.Postgres;

namespace Assay.Server.Tests.Results.Recording;

[Trait("Ring", "postgres")]
[Collection(PostgresCollection.Name)]
public sealed class PostgresRecordingTests(PostgresCluster cluster) : RecordingContract
{
    private protected override string DropTriggers => "drop trigger records_keep_what_they_said on records";

    [Fact]
    public async Task Of_two_servers_one_records_and_both_tell_the_same()
    {
        await using var other = await RunningServer.StartAsync(storage: Storage);
        await BeginAsync("shared", looks: 3);
        for (var look = 1; look <= 3; look++)
        {
            await SendAsync("shared", units: 115, control: 57, treatment: 58);
            await SendAsync("shared", units: 115, control: 57, treatment: 58, other);
            await UntilLooksAsync("shared", look);
            await UntilLooksAsync("shared", look, other);
        }

        Assert.Equal((await LooksAsync("shared")).Select(look => look.GetRawText()), (await LooksAsync("shared", other)).Select(look => look.GetRawText()));
        Assert.Equal([1, 2, 3], (await LooksAsync("shared")).Select(look => Int(look, "look")));
        await AssertAuditAsync("look_taken", 3);
    }

    private protected override async Task<string> CreateStorageAsync()
    {
        cluster.SkipUnlessHere();
        return await cluster.CreateDatabaseAsync();
    }

    private protected override Task DropStorageAsync() => cluster.DropDatabaseAsync(Storage);
}
