using System.Text;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Server.Tests.Hosting;

/// <summary>The real server on a port of its own and a SQLite file of its own, with a clock that stands still until a test moves it.</summary>
public class HostServer : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("assay-").FullName;
    private WebApplication? _app;
    private int _port;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 10, 30, 0, TimeSpan.Zero));

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public string Storage => $"Data Source={Path.Combine(_folder, "assay.db")}";

    public IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync() => await StartAsync();

    public async Task StartAsync()
    {
        _app = Program.Build(new AssayOptions(Storage, [new Uri($"http://127.0.0.1:{_port}")]), Adjust);
        Extend(_app);
        await _app.StartAsync();
        Http.BaseAddress ??= new Uri(_app.Urls.First());
        await Services.GetRequiredService<StorageState>().Ready;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_app is not null) await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Routes of the test's own.</summary>
    protected virtual void Extend(WebApplication app)
    {
    }

    /// <summary>Ends the server and starts it again on the same file.</summary>
    /// <param name="away">For how long there is none.</param>
    public async Task RestartAsync(TimeSpan away = default)
    {
        var port = new Uri(_app!.Urls.First()).Port;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _port = port;
        Clock.Advance(away);
        await StartAsync();
    }

    protected virtual void Adjust(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
    }

    /// <summary>Sends JSON text and reads the answer.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync(string path, string? json = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, json, headers);

    /// <summary>A running experiment of that key.</summary>
    public async Task StartExperimentAsync(string key)
    {
        Assert.Equal(201, (await PostAsync("/api/v1/experiments", DesignText.Minimal(key))).Status);
        Assert.Equal(200, (await PostAsync($"/api/v1/experiments/{key}/start")).Status);
    }
}
