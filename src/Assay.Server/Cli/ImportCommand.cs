using System.CommandLine;
using System.Globalization;
using Assay.Sdk;
using Assay.Server.Cli.DataFiles;

namespace Assay.Server.Cli;

/// <summary><c>assay import FILE.csv</c>: the file that <c>analyze</c> reads, sent into a running server as exposures, covariates and events.</summary>
internal static class ImportCommand
{
    private const int RejectionsShown = 5;

    public static Command Create()
    {
        var arguments = new DataFileArguments();
        var experiment = new Option<string>("--experiment") { Description = "Key of the experiment.", HelpName = "KEY", Required = true };
        var server = new Option<string>("--server") { Description = "Address of the server.", HelpName = "URL", Required = true };
        var create = new Option<bool>("--create") { Description = "Create and start the experiment unless it exists; baseline and standard deviation are those of the control rows." };
        var mde = new Option<double>("--mde-pct") { Description = "With --create: smallest effect of interest, percent of the baseline.", DefaultValueFactory = _ => 5 };
        var window = new Option<double>("--window-hours") { Description = "With --create: window after first exposure, hours.", DefaultValueFactory = _ => 72 };
        var startedAt = new Option<DateTimeOffset?>("--started-at") { Description = "With --create: when the experiment started (RFC 3339). [default: now]" };
        var key = new Option<string?>("--key") { Description = "Key of the server's API.", HelpName = "SECRET" };
        var command = new Command("import", "Send the results in a CSV file into a running server.") { experiment, server, create, mde, window, startedAt, key };
        arguments.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            () => new Import(
                arguments.File(parsed), arguments.Read(parsed), parsed.GetRequiredValue(experiment), Address(parsed.GetRequiredValue(server)), parsed.GetValue(key),
                parsed.GetValue(create) ? new Creation(parsed.GetValue(mde), parsed.GetValue(window), parsed.GetValue(startedAt)) : null),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            cancellation));
        return command;
    }

    private static Uri Address(string text) =>
        ServerAddress.Read(text) ?? throw new DataFileException(ServerAddress.Refusal(text));

    private static async Task<int> RunAsync(Func<Import> read, TextWriter answer, TextWriter errors, CancellationToken cancellation)
    {
        try
        {
            var import = read();
            var file = DataFileReader.Read(import.File, import.Shape);
            using var http = new HttpClient { BaseAddress = import.Server };
            var receipt = await SendAsync(import, file, new AssayClient(http, new AssayClientOptions { ApiKey = import.Key, BatchSize = 5_000 }), cancellation);
            await answer.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{receipt.Received} items: {receipt.Recorded} recorded, {receipt.Deduplicated} known already, {receipt.Rejected.Count} rejected; watermark {receipt.Watermark}."));
            foreach (var kind in receipt.Rejected.GroupBy(rejection => rejection.Code, StringComparer.Ordinal).Take(RejectionsShown))
                await errors.WriteLineAsync($"assay: {kind.Count()} rejected as {kind.Key}: {kind.First().Detail}");
            if (receipt.Rejected.Any(rejection => rejection.Code == "conflicting_duplicate"))
                await errors.WriteLineAsync("assay: events are one stream: this file is in it already, at the time of another experiment's start. Give that time as --started-at, and both see the same events.");
            return receipt.Rejected.Count == 0 ? 0 : 1;
        }
        catch (DataFileException refusal)
        {
            await errors.WriteLineAsync($"assay: {refusal.Message}");
            return CommandLine.BadInput;
        }
        catch (AssayException failure)
        {
            await errors.WriteLineAsync($"assay: {failure.Message}");
            foreach (var error in (failure as AssayProblemException)?.Errors ?? []) await errors.WriteLineAsync($"assay: {error.Pointer}: {error.Detail}");
            return 1;
        }
    }

    /// <summary>Sends everything; whatever was sent before is known already.</summary>
    private static async Task<Receipt> SendAsync(Import import, DataFile file, AssayClient client, CancellationToken cancellation)
    {
        var target = await TargetAsync(import, file, client, cancellation);
        if (target.StartedAt is not { } startedAt) throw new DataFileException($"--experiment {import.Experiment}: it is {target.Status}; start it first.");
        var items = ImportItems.Of(file, import.Shape, import.Experiment, startedAt, target.EventNames(file, import.Shape, import.Experiment));
        var covariates = await client.SendPrePeriodAsync(import.Experiment, items.Covariates, cancellation);
        var exposures = await client.SendExposuresAsync(import.Experiment, items.Exposures, cancellation);
        return covariates.Then(exposures).Then(await client.SendEventsAsync(items.Events, cancellation));
    }

    private static async Task<ImportTarget> TargetAsync(Import import, DataFile file, AssayClient client, CancellationToken cancellation)
    {
        try
        {
            var target = ImportTarget.Read(await client.GetExperimentAsync(import.Experiment, cancellation));
            if (target.StartedAt is not null || import.Create is null) return target;
        }
        catch (AssayProblemException missing) when (missing.Status == StatusCodes.Status404NotFound && import.Create is not null)
        {
            var design = ImportDesign.Of(file, import.Shape, import.Experiment, import.Create.MdePct, import.Create.WindowHours);
            await client.CreateExperimentAsync(design, cancellation);
        }

        // Made by this import, or by one that was cut short before it could start the experiment.
        return ImportTarget.Read(await client.StartAsync(import.Experiment, import.Create.StartedAt, cancellation));
    }

    private sealed record Import(FileInfo File, DataFileShape Shape, string Experiment, Uri Server, string? Key, Creation? Create);

    private sealed record Creation(double MdePct, double WindowHours, DateTimeOffset? StartedAt);
}
