using Assay.Server.Storage.Postgres;

namespace Assay.Server.Tests.Storage.Postgres;

/// <summary>Several processes commit while each also makes changes of its own about people, and lifts every other one again.</summary>
internal abstract class ProcessRace : EventStoreAssertions
{
    private const int Processes = 3;
    private const int Rounds = 20;

    /// <summary>In the end all serve, bit for bit, what one process does that made what was not lifted first and then committed.</summary>
    /// <param name="stores">Where they are opened.</param>
    /// <param name="batch">A commit's items.</param>
    /// <param name="change">Makes or lifts the change that a process makes in a round.</param>
    public static async Task AssertAgreeAsync(PostgresStores stores, Func<int, Server.Storage.Batch> batch, Func<PostgresEventStore, int, int, bool, Task> change)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var name = NewName();
        var all = new PostgresEventStore[Processes];
        for (var i = 0; i < Processes; i++) all[i] = await stores.OpenAsync(name);
        foreach (var view in History.Views[..2]) await all[0].OpenAsync(view, History.Origin, cancellation);
        await Task.WhenAll(all.Select((store, process) => Task.Run(
            async () =>
            {
                for (var round = 0; round < Rounds; round++)
                {
                    await store.CommitAsync([batch((round * Processes) + process)], History.Origin, cancellation);
                    if (round % 2 == 0) await change(store, process, round, false);
                    else if (round % 4 == 1) await change(store, process, round - 1, true);
                }
            },
            cancellation)));

        await using var alone = await stores.OpenAsync(NewName());
        foreach (var view in History.Views[..2]) await alone.OpenAsync(view, History.Origin, cancellation);
        for (var process = 0; process < Processes; process++)
            for (var round = 2; round < Rounds; round += 4) await change(alone, process, round, false);
        for (var i = 0; i < Rounds * Processes; i++) await alone.CommitAsync([batch(i)], History.Origin, cancellation);
        foreach (var store in all)
        {
            await store.RefreshAsync(cancellation);
            foreach (var view in History.Views[..2])
            {
                AssertSame(alone.Read(view.Key)!, store.Read(view.Key)!);
                AssertSameSums(store.Read(view.Key)!, (await store.RecomputeAsync(view.Key, cancellation))!);
            }
        }
    }
}
