using Assay.Server.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Events;

/// <summary>Bodies that are expanded at once have a bound together; what is beyond it is refused, and nothing is held that is over.</summary>
public sealed class ExpansionBudgetTests : IAsyncLifetime
{
    private const string Exposures = "experiments/checkout/exposures";
    private const string Batch = """{"exposures":[{"user_id":"u1","variation_index":0}]}""";
    private const int First = 64 * 1024;

    // Expands to 256 KiB and more, in steps of the buffer: 64, 128, 256 and 512 KiB.
    private static readonly string LongBatch = Batch + new string(' ', 4 * First);

    private RunningServer _server = null!;

    private ExpansionBudget Budget => _server.Services.GetRequiredService<ExpansionBudget>();

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartWithExperimentAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_finds_no_room_is_refused_at_any_of_its_steps_stores_nothing_and_is_taken_later()
    {
        for (var room = 0L; room < 3 * 4 * First; room += First / 2)
        {
            using var others = Budget.Open();
            Assert.True(others.TryTake(ExpansionBudget.Capacity - room));
            var refused = (await Gzip.PostAsync(_server, Exposures, Gzip.Compress(LongBatch))).IsProblem(503, "overloaded");
            Assert.True(int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture) > 0);
            Assert.Equal(ExpansionBudget.Capacity - room, Budget.Taken);
        }

        Assert.Equal(0, Budget.Taken);
        Assert.Equal(0, await RowsAsync());

        // The last step holds 256 KiB, and copies them into 512.
        using var fewer = Budget.Open();
        Assert.True(fewer.TryTake(ExpansionBudget.Capacity - (3 * 4 * First)));
        Assert.Equal(200, (await Gzip.PostAsync(_server, Exposures, Gzip.Compress(LongBatch))).Status);
        Assert.Equal(1, await RowsAsync());
    }

    [Fact]
    public async Task A_plain_body_needs_none_of_it()
    {
        using var others = Budget.Open();
        Assert.True(others.TryTake(ExpansionBudget.Capacity));
        (await Gzip.PostAsync(_server, Exposures, Gzip.Compress(Batch))).IsProblem(503, "overloaded");
        await _server.RecordAsync(Exposures, Batch);
        Assert.Equal(1, await RowsAsync());
    }

    [Fact]
    public async Task Nothing_is_held_once_a_body_is_answered()
    {
        var whole = Gzip.Compress(Batch);
        (await Gzip.PostAsync(_server, Exposures, whole[..^1])).IsProblem(400, "invalid_gzip");
        (await Gzip.PostAsync(_server, Exposures, Gzip.Compress("no JSON"))).IsProblem(400, "invalid_json");
        (await Gzip.PostAsync(_server, Exposures, Gzip.Compress(new byte[GzipBody.MostBytes + 1]))).IsProblem(413, "body_too_large");
        Assert.Equal(200, (await Gzip.PostAsync(_server, Exposures, whole)).Status);
        Assert.Equal(0, Budget.Taken);
    }

    [Fact]
    public async Task The_largest_body_is_always_possible_alone()
    {
        var largest = new byte[GzipBody.MostBytes];
        largest.AsSpan().Fill((byte)' ');
        System.Text.Encoding.UTF8.GetBytes(Batch, largest);
        Assert.Equal(200, (await Gzip.PostAsync(_server, Exposures, Gzip.Compress(largest))).Status);
        Assert.Equal(1, await RowsAsync());
    }

    private async Task<long> RowsAsync() => (await _server.GetAsync("experiments/checkout/ingestion")).GetProperty("exposure_rows_total").GetInt64();
}
