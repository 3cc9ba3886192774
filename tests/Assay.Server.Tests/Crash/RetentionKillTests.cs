using System.Globalization;
using System.Text.Json;
using Assay.Server.Storage;
using Assay.Server.Tests.Storage.Postgres;
using Dapper;

namespace Assay.Server.Tests.Crash;

/// <summary>kill −9 while rows are removed: the horizon has moved or not, what is served is right at once, and after the next start all is removed that should be.</summary>
[Trait("Ring", "crash")]
public sealed class RetentionKillTests(PostgresCluster cluster) : IClassFixture<PostgresCluster>
{
    private const int Units = 2_000, Batches = 12, ItemsOfABatch = 10_000;
    private static readonly DateTimeOffset Began = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task On_SQLite()
    {
        var folder = Directory.CreateTempSubdirectory("assay-crash-").FullName;
        await SurviveAsync($"Data Source={Path.Combine(folder, "assay.db")}");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Trait("Ring", "postgres")]
    public async Task On_PostgreSQL()
    {
        cluster.SkipUnlessHere();
        await SurviveAsync(await cluster.CreateDatabaseAsync());
    }

    private static async Task SurviveAsync(string storage)
    {
        var server = await ServerProcess.StartAsync(storage);
        try
        {
            await server.Api.CreateAsync("checkout");
            await server.Api.BeginAsync("checkout", Began.AddDays(10));
            await server.Api.RecordAsync("experiments/checkout/exposures", JsonSerializer.Serialize(new { exposures = Enumerable.Range(0, 1_000).Select(i => new { user_id = $"u{i}", variation_index = i % 2, occurred_at = Text(Began.AddDays(10)) }) }));
            for (var batch = 0; batch < Batches; batch++) await server.Api.RecordAsync("events", Events(batch));
            var before = (await server.Api.GetAsync("experiments/checkout/live-stats")).GetProperty("conversions_total").GetInt64();

            var answer = RetainAsync(server.Api);
            await using (var engine = StorageEngines.Open(storage))
                await Wait.UntilAsync(async () => await NumberAsync(engine, "select count(*) from retention") > 0);
            await server.KillAsync();
            await answer;
            await server.DisposeAsync();

            server = await ServerProcess.StartAsync(storage);
            Assert.Equal(before, (await server.Api.GetAsync("experiments/checkout/live-stats")).GetProperty("conversions_total").GetInt64());
            Assert.True((await server.Api.VerifyAsync("checkout")).GetProperty("equal").GetBoolean());
            var refused = await server.Api.RecordAsync("events", Events(0));
            Assert.Equal((0, ItemsOfABatch / 2), (refused.GetProperty("recorded").GetInt32(), refused.GetProperty("rejected").GetArrayLength()));
            await using (var engine = StorageEngines.Open(storage))
            {
                await Wait.UntilAsync(async () => await NumberAsync(engine, "select count(*) from retention where swept_at is null") == 0);
                Assert.Equal(Units / 2, await NumberAsync(engine, "select count(*) from units"));
            }

            Assert.True((await server.Api.VerifyAsync("checkout")).GetProperty("equal").GetBoolean());
            Assert.Equal(ItemsOfABatch / 2, (await server.Api.RecordAsync("events", Events(0))).GetProperty("deduplicated").GetInt32());
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task RetainAsync(Api api)
    {
        try
        {
            await api.PostAsync("retention", $$"""{"before":"{{Text(Began.AddDays(10))}}"}""");
        }
        catch (Exception failure) when (Cut.Is(failure))
        {
            // The server was killed.
        }
    }

    /// <summary>Half of them of units that come later, after the start; half of others, from before it.</summary>
    private static string Events(int batch) => JsonSerializer.Serialize(new
    {
        events = Enumerable.Range(0, ItemsOfABatch).Select(i => new
        {
            id = $"{batch} {i}",
            user_id = $"u{(i % 2 * Units / 2) + (i / 2 % (Units / 2))}",
            name = "purchase",
            value = 0.1,
            occurred_at = Text(Began.AddDays(i % 2 == 0 ? 10 : 5).AddMinutes(batch)),
        }),
    });

    private static async Task<long> NumberAsync(IStorageEngine engine, string sql)
    {
        await using var connection = await engine.Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
