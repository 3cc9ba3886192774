using System.CommandLine;
using Assay.Server.Access;
using Assay.Server.Hosting;
using Assay.Server.Storage;

namespace Assay.Server.Cli;

/// <summary><c>assay keys create</c>: a new key, printed this once.</summary>
internal static class KeysCommand
{
    public static Command Create()
    {
        var scope = new Option<string>("--scope") { Description = "What the key allows: read, write (and read), ingest (events only) or admin (everything).", Required = true };
        scope.AcceptOnlyFromAmong([.. Wire.All<AccessScope>()]);
        var settings = new SettingsOptions();
        var create = new Command("create", "Create a key and print its secret; it is stored hashed and never shown again.") { scope };
        settings.AddStorageTo(create);
        create.SetAction((parsed, cancellation) => CreateAsync(() => settings.Read(parsed), Wire.Parse<AccessScope>(parsed.GetRequiredValue(scope)), parsed.InvocationConfiguration, cancellation));
        return new Command("keys", "Keys that callers of the API authenticate with.") { create };
    }

    private static async Task<int> CreateAsync(Func<AssayOptions> read, AccessScope scope, InvocationConfiguration console, CancellationToken cancellation)
    {
        try
        {
            await using var engine = StorageEngines.Open(read().Storage);
            await engine.MigrateAsync(TimeProvider.System, cancellation);
            var now = TimeProvider.System.GetUtcNow();
            var (secret, key) = KeySecrets.Create(scope, now);
            var detail = $$"""{"id":"{{key.Id}}","scope":"{{Wire.Name(scope)}}"}""";
            var ring = new KeyRing(new SqlCatalog(engine.Source), TimeProvider.System);
            var wasOpen = await ring.IsOpenAsync(cancellation);
            await ring.AddAsync(key, new AuditEntry(now, "command line", "key_created", Experiment: null, detail), cancellation);
            await console.Output.WriteLineAsync(secret);
            if (wasOpen) await console.Error.WriteLineAsync($"assay: this is the first key: from now on every page and the API need one.{(scope == AccessScope.Ingest ? " Warning: it only sends events, and no key that may read exists yet; create one with --scope read, write or admin." : "")}");
            return 0;
        }
        catch (Exception refusal) when (refusal is OptionsException or System.Data.Common.DbException)
        {
            await console.Error.WriteLineAsync($"assay: {refusal.Message}");
            return CommandLine.BadInput;
        }
    }
}
