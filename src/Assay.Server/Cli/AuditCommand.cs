using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Assay.Server.Storage.Auditing;

namespace Assay.Server.Cli;

/// <summary><c>assay audit verify</c>: proves that nobody has rewritten what happened.</summary>
internal static class AuditCommand
{
    private const int Broken = 1;

    public static Command Create()
    {
        var expected = new Option<string?>("--head") { Description = "The hash that an earlier run ended with: it must still be on the chain, so that a cut end is found too.", HelpName = "HASH" };
        var settings = new SettingsOptions();
        var verify = new Command(
            "verify",
            "Follow the audit from its first entry to its last, and hold every experiment against what was last said of it. Exits 0 when everything fits, 1 when something does not.")
        {
            expected,
        };
        settings.AddStorageTo(verify);
        verify.SetAction((parsed, cancellation) => VerifyAsync(() => settings.Read(parsed), parsed.GetValue(expected), parsed.InvocationConfiguration, cancellation));
        return new Command("audit", "What was done, by whom and when.") { verify };
    }

    private static async Task<int> VerifyAsync(Func<AssayOptions> read, string? expected, InvocationConfiguration console, CancellationToken cancellation)
    {
        try
        {
            if (expected is not null && (expected.Length != AuditChain.Start.Length || !expected.All(char.IsAsciiHexDigit)))
                throw new OptionsException(["--head is a hash: 64 hexadecimal digits."]);
            await using var engine = StorageEngines.Open(StoredFile.Existing(read().Storage));
            await engine.MigrateAsync(TimeProvider.System, cancellation);
            await using var connection = await engine.Source.OpenConnectionAsync(cancellation);
            var proof = await AuditProof.DrawAsync(connection, expected, cancellation);
            foreach (var fault in proof.Faults) await console.Output.WriteLineAsync(Sentence(fault));
            await console.Output.WriteLineAsync(Summary(proof));
            return proof.Faults.IsEmpty ? 0 : Broken;
        }
        catch (Exception refusal) when (refusal is OptionsException or DbException or IOException)
        {
            await console.Error.WriteLineAsync($"assay: {refusal.Message}");
            return CommandLine.BadInput;
        }
    }

    private static string Sentence(AuditFault fault) =>
        fault.Number is { } number ? string.Create(CultureInfo.InvariantCulture, $"entry {number}: {fault.Detail}") : fault.Detail;

    private static string Summary(AuditProof proof)
    {
        var unchained = proof.Unchained == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({proof.Unchained:N0} from before entries were chained)");
        var verdict = proof.Faults.IsEmpty ? "the chain holds and every experiment is as the audit says" : string.Create(CultureInfo.InvariantCulture, $"{proof.Faults.Length:N0} faults");
        return string.Create(CultureInfo.InvariantCulture, $"{proof.Entries:N0} entries{unchained}: {verdict}.\nhead {proof.Head}");
    }
}
