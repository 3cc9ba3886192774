using Assay.Server.Hosting;
using Assay.Server.Storage;
using Assay.Server.Tests.Hosting;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Assay.Server.Tests.Retention;

public sealed class RetentionTimerTests
{
    [Fact]
    public async Task Rows_go_at_the_start_and_then_once_a_day_as_time_passes()
    {
        await using var server = new KeepingServer { Days = 2 };
        await server.InitializeAsync();
        server.Clock.Advance(TimeSpan.FromHours(12));
        await SendAsync(server, "first");
        server.Clock.Advance(TimeSpan.FromHours(6));
        await SendAsync(server, "second");
        await SweptAsync(server, times: 3);
        Assert.Equal("first second", await UsersAsync(server));
        server.Clock.Advance(TimeSpan.FromHours(6));
        await SendAsync(server, "third");
        await SweptAsync(server, times: 4);
        Assert.Equal("third", await UsersAsync(server));
    }

    [Fact]
    public async Task What_was_interrupted_is_gone_on_with_at_the_next_start_whatever_is_set()
    {
        await using var server = new KeepingServer();
        await server.InitializeAsync();
        await SendAsync(server, "first");
        server.Clock.Advance(TimeSpan.FromDays(1));
        var rows = server.Services.GetRequiredService<IRowRetention>();
        await rows.RetainAsync(Microseconds.Of(server.Clock.GetUtcNow()), "tester", server.Clock.GetUtcNow(), TestContext.Current.CancellationToken);
        Assert.Equal("first", await UsersAsync(server));
        await server.RestartAsync();
        await Wait.UntilAsync(async () => await UsersAsync(server) == "");
    }

    /// <summary>Lets time pass until the horizon has been moved so often, and all that it passed removed.</summary>
    private static Task SweptAsync(KeepingServer server, int times) => Wait.UntilAsync(async () =>
    {
        await using var connection = new SqliteConnection(server.Storage);
        if (await connection.ExecuteScalarAsync<long>("select count(*) from retention where swept_at is not null") >= times) return true;
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        return false;
    });

    private static async Task SendAsync(KeepingServer server, string user) =>
        Assert.Equal(1, (await server.PostAsync("/api/v1/events", $$"""{"events":[{"id":"{{user}}","user_id":"{{user}}","name":"purchase"}]}""")).Body.GetProperty("recorded").GetInt32());

    private static async Task<string> UsersAsync(KeepingServer server)
    {
        await using var connection = new SqliteConnection(server.Storage);
        return string.Join(' ', await connection.QueryAsync<string>("select user_id from units order by unit"));
    }

    private sealed class KeepingServer : HostServer, IAsyncDisposable
    {
        public int? Days { get; init; }

        protected override void Adjust(WebApplicationBuilder builder)
        {
            base.Adjust(builder);
            builder.Services.Replace(ServiceDescriptor.Singleton(AssayOptions.Default with { KeepRowsDays = Days }));
        }
    }
}
