using Assay.Server.Access;
using Assay.Server.Storage;
using Assay.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Access;

/// <summary>Keys for tests, made behind the server's back as the command line does.</summary>
internal static class KeyMaker
{
    public static async Task<string> CreateAsync(HostServer server, AccessScope scope)
    {
        var (secret, key) = KeySecrets.Create(scope, server.Clock.GetUtcNow());
        var audit = new AuditEntry(server.Clock.GetUtcNow(), "test", "key_created", Experiment: null, "{}");
        await server.Services.GetRequiredService<ICatalog>().AddKeyAsync(key, audit, TestContext.Current.CancellationToken);
        return secret;
    }
}
