using System.CommandLine;
using Assay.Server.Storage.Moving;

namespace Assay.Server.Cli;

/// <summary><c>assay backup</c>: an installation of either engine in one file, while it is served.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var file = new Option<FileInfo>("--out") { Description = "The file to write.", HelpName = "FILE", Required = true };
        var force = new Option<bool>("--force") { Description = "Replace the file if there is one." };
        var settings = new SettingsOptions();
        var command = new Command("backup", "Write an installation, which may be served meanwhile, to one file: one moment of it, checked row by row and recomputed before the file gets its name.") { file, force };
        settings.AddStorageTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(file).FullName;
            return Installations.RunAsync(
                parsed,
                async () => (await Installations.OpenAsync(StoredFile.Existing(settings.Read(parsed).Storage), cancellation), null),
                async () => await SqliteTarget.CreateAsync(SqlitePlace.OfBackup(path, parsed.GetValue(force)), isBackup: true, TimeProvider.System, cancellation),
                $"Backed up to {path}",
                cancellation);
        });
        return command;
    }
}
