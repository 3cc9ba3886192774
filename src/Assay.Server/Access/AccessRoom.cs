using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Assay.Server.Access;

internal static class AccessRoom
{
    public static void AddAccess(this IServiceCollection services)
    {
        // Forms protect nothing that outlives the process, and a server should write nothing beside its storage.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery(forms => forms.Cookie.Name = "assay_form");
        services.AddSingleton<KeyRing>();
        services.AddHostedService<AccessStart>();
    }

    public static void MapAudit(this IEndpointRouteBuilder api) => api.MapGroup("/audit").WithTags("Audit").MapGet("", ListAudit.Handle)
        .WithName("ListAudit").WithSummary("Who did what and when, the newest first, a page at a time")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .RequireScope(AccessScope.Read);

    public static void UseAccess(this IApplicationBuilder app) => app.Use(AccessCheck.RunAsync);
}

/// <summary>Before the first address is bound: an address that others can reach needs a key; an open server says that it is open.</summary>
internal sealed partial class AccessStart(AssayOptions options, IStorageEngine engine, ICatalog catalog, StorageState state, ILogger<AccessStart> log) : IHostedLifecycleService
{
    /// <summary>Ahead of every start, also that of storage: a server that is refused leaves nothing behind.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) =>
        options.IsLoopback || engine.HasKey() ? Task.CompletedTask : throw new OpenAddressException();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.IsLoopback) _ = SayWhenOpenAsync();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task SayWhenOpenAsync()
    {
        try
        {
            await state.Ready;
            if (!await catalog.AnyKeyAsync(CancellationToken.None)) LogOpen();
        }
        catch (InvalidOperationException)
        {
            // Storage did not come up; it has said so itself.
        }
    }

    [LoggerMessage(200, LogLevel.Warning, "No key exists: the API is open to every program of this machine. Create a key to close it: assay keys create --scope admin")]
    private partial void LogOpen();
}
