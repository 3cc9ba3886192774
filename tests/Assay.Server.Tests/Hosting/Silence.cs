using Assay.Server.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Tests.Hosting;

/// <summary>For tests that build a server of their own.</summary>
internal static class Silence
{
    public static void Logs(WebApplicationBuilder builder) => builder.Logging.ClearProviders();

    public static StorageState StateOf(WebApplication app) => app.Services.GetRequiredService<StorageState>();
}
