using Assay.Server.Access;
using Assay.Server.Storage;
using Assay.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Access;

/// <summary>Keys for tests, made as the command line makes them, in the server's process.</summary>
internal static class KeyMaker
{
    public static async Task<string> CreateAsync(HostServer server, AccessScope scope)
    {
        var (secret, key) = KeySecrets.Create(scope, server.Clock.GetUtcNow());
        var audit = new AuditEntry(server.Clock.GetUtcNow(), "test", "key_created", Experiment: null, "{}");
        await server.Services.GetRequiredService<KeyRing>().AddAsync(key, audit, TestContext.Current.CancellationToken);
        return secret;
    }
}
