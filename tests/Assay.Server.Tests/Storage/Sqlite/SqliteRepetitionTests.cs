using Assay.Server.Storage;
using Assay.Server.Storage.Sqlite;

namespace Assay.Server.Tests.Storage.Sqlite;

public sealed class SqliteRepetitionTests
{
    /// <summary>The rows are taken away: whoever needed them to tell a repetition would say that the id is new.</summary>
    [Fact]
    public async Task An_item_that_is_sent_again_is_told_without_a_look_at_its_units_rows()
    {
        using var file = await StoreFile.CreateAsync(fast: true);
        var batch = new Batch("one", History.Start)
        {
            Exposures = [new ExposureItem(0, "u1", 1, History.Start, History.Start, "x-1", """{"os":1}""", null)],
            Events = [new EventItem(1, "u1", "buy", -0.0, History.Start, null, "e-1", "one", """{"kind":"a"}"""), new EventItem(2, "u1", "buy", 2, History.Start, null, "c56a4180-65aa-42ec-a945-5fd21dec0538", null, null)],
        };
        await using (var store = new SqliteEventStore(file.ConnectionString))
        {
            await store.OpenAsync(History.Views[0], History.Origin, CancellationToken.None);
            await store.CommitAsync([batch], History.Origin, CancellationToken.None);
        }

        using (var database = new EventDatabase(file.ConnectionString)) database.Execute("delete from run_chunks where chunk >> 24 in (select run from runs where kind = 0)");
        await using var reopened = new SqliteEventStore(file.ConnectionString);
        var again = batch with { ArrivedAt = History.Start + 5, Events = [batch.Events[0] with { Value = 0 }, batch.Events[1] with { At = History.Start + 1 }] };
        Assert.All((await reopened.CommitAsync([again], History.Origin, CancellationToken.None))[0].Fates, fate => Assert.Equal(ItemFate.Duplicate, fate));
        var others = batch with { Events = [batch.Events[1] with { Value = 3 }], Exposures = [batch.Exposures[0] with { Variation = 0 }] };
        Assert.All((await reopened.CommitAsync([others], History.Origin, CancellationToken.None))[0].Fates, fate => Assert.Equal(ItemFate.Recorded, fate));
    }
}
