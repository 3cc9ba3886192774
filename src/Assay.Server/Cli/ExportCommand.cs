using System.CommandLine;
using System.Data.Common;
using Assay.Analysis.Measurement;
using Assay.Server.Cli.Export;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Assay.Server.Storage.Commits;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Cli;

/// <summary><c>assay export KEY</c>: the values that every number of a readout is computed from, a row a unit, read beside the running server.</summary>
internal static class ExportCommand
{
    private const string Csv = "csv", Ndjson = "ndjson", Exposures = "exposures", Events = "events";

    public static Command Create(TimeProvider? time = null)
    {
        var key = new Argument<string>("key") { Description = "Key of an experiment that has been started." };
        var format = new Option<string>("--format") { Description = "csv: a row a unit, or a stored row; ndjson: an object a line.", DefaultValueFactory = _ => Csv };
        format.AcceptOnlyFromAmong(Csv, Ndjson);
        var rows = new Option<string?>("--rows") { Description = "Instead of units their stored rows: exposures, or the events that the experiment sees, those of excluded units among them. An id that is no UUID is told where it was kept (serve --keep-event-ids)." };
        rows.AcceptOnlyFromAmong(Exposures, Events);
        var file = new Option<FileInfo?>("--out") { Description = "File to write; FILE.json beside it tells the design, the commit and the moment. [default: standard output]", HelpName = "FILE" };
        var settings = new SettingsOptions();
        var command = new Command(
            "export",
            "Write every exposed unit with its variation, first exposure, each metric's value so far and whether it is completed, and its covariates: all that a readout is computed from.")
        {
            key, format, rows, file,
        };
        settings.AddStorageTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            () => new Request(parsed.GetRequiredValue(key), settings.Read(parsed).Storage, parsed.GetValue(format) == Ndjson, KindOf(parsed.GetValue(rows)), parsed.GetValue(file)),
            time ?? TimeProvider.System,
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Func<Request> read, TimeProvider time, TextWriter answer, TextWriter errors, CancellationToken cancellation)
    {
        try
        {
            var request = read();
            await using var engine = StorageEngines.Open(ToRead(StoredFile.Existing(request.Storage)));
            if (await new SqlCatalog(engine.Source).FindAsync(request.Key, cancellation) is not { } experiment) return await RefuseAsync($"There is no experiment '{request.Key}'.");
            var facts = request.File is { } file
                ? await UnitFile.WriteAsync(file.FullName, WriteAsync)
                : await WriteAsync(answer);
            if (facts is null) return await RefuseAsync($"'{request.Key}' has never been started: it has no units.");
            await errors.WriteLineAsync($"assay: {(facts.Rows is { } rows ? $"{rows} rows" : $"{facts.Units} units")} of '{facts.ExperimentId}' at commit {facts.Watermark}, as of {ExportedUnit.Text(Microseconds.Of(facts.AsOf))}.");
            return 0;

            Task<ExportFacts?> WriteAsync(TextWriter target) => request.Rows is { } kind
                ? ExportRowsAsync(StorageEngines.UnitsOf(engine), experiment, kind, request.IsNdjson, time.GetUtcNow(), target, cancellation)
                : ExportAsync(StorageEngines.UnitsOf(engine), experiment, request.IsNdjson, time.GetUtcNow(), target, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await errors.WriteLineAsync("assay: interrupted before the end; no file was changed.");
            return CalibrateCommand.Interrupted;
        }
        catch (Exception refusal) when (refusal is OptionsException or DbException or IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync(refusal.Message);
        }

        async Task<int> RefuseAsync(string why)
        {
            await errors.WriteLineAsync($"assay: {why}");
            return CommandLine.BadInput;
        }
    }

    private static async Task<ExportFacts?> ExportAsync(IUnitReader units, Experiment experiment, bool isNdjson, DateTimeOffset asOf, TextWriter target, CancellationToken cancellation)
    {
        UnitExport? export = null;
        var commit = 0L;
        if (!await units.ReadAsync(experiment.Key, Begin, cancellation)) return null;
        export!.Flush();
        await target.FlushAsync(cancellation);
        return ExportFacts.Of(experiment, asOf, commit, export.Units);

        IUnitVisitor Begin(UnitMeasure measure, long watermark)
        {
            commit = watermark;
            var shape = ExportShape.Of(experiment.Design, measure.View, asOf);
            return export = new UnitExport(measure, isNdjson ? new NdjsonUnits(shape) : new CsvUnits(shape), target);
        }
    }

    private static async Task<ExportFacts?> ExportRowsAsync(
        IUnitReader units, Experiment experiment, RowKind kind, bool isNdjson, DateTimeOffset asOf, TextWriter target, CancellationToken cancellation)
    {
        var export = new RowExport(new RowLines(kind, [.. experiment.Design.Setup.Variations.Select(variation => variation.Key)], isNdjson), target);
        if (await units.ReadRowsAsync(experiment.Key, kind, export.Show, cancellation) is not { } commit) return null;
        export.Flush();
        await target.FlushAsync(cancellation);
        return ExportFacts.Of(experiment, asOf, commit, units: null, export.Rows);
    }

    private static RowKind? KindOf(string? rows) => rows switch { Exposures => RowKind.Exposure, Events => RowKind.Event, _ => null };

    /// <summary>The same storage, of which nothing is made that is not there and nothing is changed that is.</summary>
    private static string ToRead(string storage) => StorageEngines.IsPostgres(storage)
        ? storage
        : new SqliteConnectionStringBuilder(storage) { Mode = SqliteOpenMode.ReadOnly }.ConnectionString;

    private sealed record Request(string Key, string Storage, bool IsNdjson, RowKind? Rows, FileInfo? File);
}
