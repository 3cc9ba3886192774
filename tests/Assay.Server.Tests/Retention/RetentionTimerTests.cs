using Assay.Server.Hosting;
using Assay.Server.Storage;
using Assay.Server.Tests.Hosting;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Retention;

public sealed class RetentionTimerTests
{
    [Fact]
    public async Task Rows_go_at_the_start_and_then_once_a_day_as_time_passes()
    {
        await using var server = new KeepingServer { Days = 2 };
        await server.InitializeAsync();
        await server.Time.UntilAsync(days: 1);
        server.Time.Advance(TimeSpan.FromHours(12));
        await SendAsync(server, "first");
        await SendAsync(server, "second");
        server.Time.Advance(TimeSpan.FromHours(12));
        await server.Time.UntilAsync(days: 2);
        server.Time.Advance(TimeSpan.FromDays(1));
        await server.Time.UntilAsync(days: 3);
        Assert.Equal("first second", await UsersAsync(server));
        await SendAsync(server, "third");
        server.Time.Advance(TimeSpan.FromDays(1));
        await server.Time.UntilAsync(days: 4);
        Assert.Equal("third", await UsersAsync(server));
    }

    [Fact]
    public async Task What_was_interrupted_is_gone_on_with_at_the_next_start_whatever_is_set()
    {
        await using var server = new KeepingServer();
        await server.InitializeAsync();
        await SendAsync(server, "first");
        server.Time.Advance(TimeSpan.FromDays(1));
        var rows = server.Services.GetRequiredService<IRowRetention>();
        await rows.RetainAsync(Microseconds.Of(server.Time.GetUtcNow()), "tester", server.Time.GetUtcNow(), TestContext.Current.CancellationToken);
        Assert.Equal("first", await UsersAsync(server));
        await server.RestartAsync();
        await Wait.UntilAsync(async () => await UsersAsync(server) == "");
    }

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

        public DailyTime Time { get; } = new(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));

        protected override void Adjust(WebApplicationBuilder builder)
        {
            base.Adjust(builder);
            builder.Services.Replace(ServiceDescriptor.Singleton(AssayOptions.Default with { KeepRowsDays = Days }));
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time));
        }
    }

    /// <summary>A clock that knows how often somebody has gone to sleep for a day.</summary>
    private sealed class DailyTime(DateTimeOffset start) : FakeTimeProvider(start)
    {
        private int _days;

        public Task UntilAsync(int days) => Wait.UntilAsync(() => Volatile.Read(ref _days) == days);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == TimeSpan.FromDays(1)) Interlocked.Increment(ref _days); // After it is set: who sees it may move the clock.
            return timer;
        }
    }
}
