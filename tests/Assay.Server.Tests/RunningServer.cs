using Assay.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Tests;

/// <summary>The whole server in this process, on a port and a file of its own.</summary>
internal sealed class RunningServer : Api, IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private RunningServer(WebApplication app, string folder)
        : base(new Uri(app.Urls.Single()))
    {
        _app = app;
        _folder = folder;
    }

    public IServiceProvider Services => _app.Services;

    /// <param name="adjust">Last word on the services.</param>
    /// <param name="storage">A database that several servers may share; a file of its own unless given.</param>
    /// <param name="keepEventIds">Whether ids of events are kept as they were sent.</param>
    public static async Task<RunningServer> StartAsync(Action<IServiceCollection>? adjust = null, string? storage = null, bool keepEventIds = false)
    {
        var folder = Directory.CreateTempSubdirectory("assay-test-").FullName;
        var options = new AssayOptions(storage ?? $"Data Source={Path.Combine(folder, "assay.db")}", [new Uri("http://127.0.0.1:0")]) { KeepEventIds = keepEventIds };
        var app = Program.Build(options, builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Error);
            adjust?.Invoke(builder.Services);
        });
        await app.StartAsync();
        var server = new RunningServer(app, folder);
        await server.UntilReadyAsync();
        return server;
    }

    /// <summary>A server with the experiment <c>checkout</c>, running since the given time.</summary>
    public static async Task<RunningServer> StartWithExperimentAsync(DateTimeOffset? startedAt = null, Action<IServiceCollection>? adjust = null)
    {
        var server = await StartAsync(adjust);
        await server.CreateAsync("checkout");
        await server.BeginAsync("checkout", startedAt);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
