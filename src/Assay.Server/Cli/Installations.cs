using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Assay.Server.Storage.Moving;

namespace Assay.Server.Cli;

/// <summary>What <c>backup</c>, <c>restore</c> and <c>copy</c> have in common: all of them move an installation, and say what they moved.</summary>
internal static class Installations
{
    public static async Task<IRows> OpenAsync(string storage, CancellationToken cancellation) =>
        StorageEngines.IsPostgres(storage) ? await PostgresRows.OpenAsync(storage, cancellation) : SqliteRows.Open(storage);

    public static async Task<IRowTarget> CreateAsync(string storage, CancellationToken cancellation) =>
        StorageEngines.IsPostgres(storage)
            ? await PostgresTarget.CreateAsync(storage, cancellation)
            : await SqliteTarget.CreateAsync(SqlitePlace.OfInstallation(storage), isBackup: false, TimeProvider.System, cancellation);

    /// <summary>A validated connection string.</summary>
    /// <exception cref="OptionsException">It is none.</exception>
    public static string Read(string storage) => AssayOptions.Read(storage, events: null, AssayOptions.DefaultUrls).Storage;

    /// <summary>Runs a move and answers for it: 0 when all is there, 2 and a sentence when nothing was changed.</summary>
    public static async Task<int> RunAsync(
        ParseResult parsed, Func<Task<(IRows Source, IReadOnlyDictionary<string, Seal>? Seals)>> open, Func<Task<IRowTarget>> create, string done, CancellationToken cancellation)
    {
        var (answer, errors) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        try
        {
            var (source, seals) = await open();
            await using var opened = source;
            await using var target = await create();
            var report = await Move.RunAsync(source, target, seals, TimeProvider.System, table => answer.WriteLine(Line(table)), cancellation);
            await answer.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{done}: {report.Tables.Sum(table => table.Seal.Rows):N0} rows in {report.Elapsed.TotalSeconds:F1} s, all read back; watermark {report.Watermark}; "
                + $"{report.Experiments} experiments recomputed from their rows, {report.Accumulators} accumulators, all equal."));
            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await errors.WriteLineAsync("assay: interrupted; nothing was changed.");
            return CalibrateCommand.Interrupted;
        }
        catch (Exception refusal) when (refusal is MoveException or OptionsException or DbException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"assay: {refusal.Message}");
            return CommandLine.BadInput;
        }
    }

    private static string Line(MovedTable moved) =>
        string.Create(CultureInfo.InvariantCulture, $"{moved.Table.Name,-18} {moved.Seal.Rows,14:N0} rows {moved.Elapsed.TotalSeconds,9:F1} s");
}
