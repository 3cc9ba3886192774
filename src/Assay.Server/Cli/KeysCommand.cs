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
        create.SetAction((parsed, cancellation) => CreateAsync(() => settings.Read(parsed), Wire.Parse<AccessScope>(parsed.GetRequiredValue(scope)), parsed.InvocationConfiguration.Output, cancellation));
        return new Command("keys", "Keys that callers of the API authenticate with.") { create };
    }

    private static async Task<int> CreateAsync(Func<AssayOptions> read, AccessScope scope, TextWriter answer, CancellationToken cancellation)
    {
        try
        {
            await using var engine = StorageEngines.Open(read().Storage);
            await engine.MigrateAsync(TimeProvider.System, cancellation);
            var now = TimeProvider.System.GetUtcNow();
            var (secret, key) = KeySecrets.Create(scope, now);
            var detail = $$"""{"id":"{{key.Id}}","scope":"{{Wire.Name(scope)}}"}""";
            await new KeyRing(new SqlCatalog(engine.Source), TimeProvider.System).AddAsync(key, new AuditEntry(now, "command line", "key_created", Experiment: null, detail), cancellation);
            await answer.WriteLineAsync(secret);
            return 0;
        }
        catch (Exception refusal) when (refusal is OptionsException or System.Data.Common.DbException)
        {
            await Console.Error.WriteLineAsync($"assay: {refusal.Message}");
            return CommandLine.BadInput;
        }
    }
}
