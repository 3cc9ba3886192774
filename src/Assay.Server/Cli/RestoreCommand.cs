using System.CommandLine;
using Assay.Server.Hosting;
using Assay.Server.Storage.Moving;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Cli;

/// <summary><c>assay restore FILE</c>: a backup, into an empty installation of either engine.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "A file that 'assay backup' wrote." };
        var settings = new SettingsOptions();
        var command = new Command("restore", "Make an installation of a backup: all of it, checked row by row and recomputed, or nothing. The target must be empty.") { file };
        settings.AddStorageTo(command);
        command.SetAction((parsed, cancellation) => Installations.RunAsync(
            parsed,
            () => OpenAsync(parsed.GetRequiredValue(file).FullName),
            () => Installations.CreateAsync(settings.Read(parsed).Storage, cancellation),
            "Restored",
            cancellation));
        return command;
    }

    private static async Task<(IRows Source, IReadOnlyDictionary<string, Seal>? Seals)> OpenAsync(string path)
    {
        if (!File.Exists(path)) throw new OptionsException([$"There is no backup at {path}."]);
        var rows = SqliteRows.Open(new SqliteConnectionStringBuilder { DataSource = path }.ConnectionString);
        try
        {
            return (rows, rows.Seals());
        }
        catch
        {
            await rows.DisposeAsync();
            throw;
        }
    }
}
