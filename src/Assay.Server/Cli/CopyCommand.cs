using System.CommandLine;

namespace Assay.Server.Cli;

/// <summary><c>assay copy</c>: an installation from one database to another, whatever their engines.</summary>
internal static class CopyCommand
{
    public static Command Create()
    {
        var from = new Option<string>("--from") { Description = "The installation: a SQLite file (\"Data Source=…\") or a PostgreSQL server (\"Host=…\"). It may be served; what comes after the copy began is not in it.", HelpName = "connection", Required = true };
        var to = new Option<string>("--to") { Description = "Where it goes: a file that does not exist, or a database that is empty.", HelpName = "connection", Required = true };
        var command = new Command("copy", "Copy a whole installation to another database, of the same engine or the other, checked row by row and recomputed.") { from, to };
        command.SetAction((parsed, cancellation) => Installations.RunAsync(
            parsed,
            async () => (await Installations.OpenAsync(StoredFile.Existing(Installations.Read(parsed.GetRequiredValue(from)), "--from"), cancellation), null),
            () => Installations.CreateAsync(Installations.Read(parsed.GetRequiredValue(to)), cancellation),
            "Copied",
            cancellation));
        return command;
    }
}
