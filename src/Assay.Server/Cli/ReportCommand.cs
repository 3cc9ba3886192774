using System.CommandLine;
using Assay.Server.Storage.Moving;

namespace Assay.Server.Cli;

/// <summary><c>assay report KEY</c>: the report of a running server, byte for byte, as a file or on standard output.</summary>
internal static class ReportCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);
    private static readonly string[] Formats = ["html", "markdown", "csv", "json"];

    public static Command Create()
    {
        var experiment = new Argument<string>("key") { Description = "Key of an experiment." };
        var (server, secret) = ServerCall.Options();
        var format = new Option<string>("--format") { Description = "html: one file that opens offline and prints; markdown; csv: a row a metric, treatment and method; json: design, plan and readout.", DefaultValueFactory = _ => Formats[0] };
        format.AcceptOnlyFromAmong(Formats);
        var file = new Option<FileInfo?>("--out") { Description = "File to write. [default: standard output]", HelpName = "FILE" };
        var command = new Command("report", "Write what a running server knows of an experiment: verdict, effects, guardrails, sample ratio, health, and how it was computed.") { experiment, server, secret, format, file };
        command.SetAction((parsed, cancellation) => RunAsync(
            new Request(parsed.GetRequiredValue(experiment), parsed.GetRequiredValue(server), parsed.GetValue(secret), parsed.GetRequiredValue(format), parsed.GetValue(file)),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Request request, TextWriter answer, TextWriter errors, CancellationToken cancellation)
    {
        try
        {
            var report = await ServerCall.SendAsync(
                HttpMethod.Get, request.Server, request.Secret, $"experiments/{Uri.EscapeDataString(request.Experiment)}/report?format={request.Format}", Patience, cancellation);
            if (request.File is { } file) await KeepAsync(file.FullName, report, cancellation);
            else await answer.WriteAsync(report);
            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return await RefuseAsync("interrupted before the end; no file was changed.", CalibrateCommand.Interrupted);
        }
        catch (ServerRefusalException refusal)
        {
            return await RefuseAsync(refusal.Message, refusal.Exit);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync(refusal.Message, CommandLine.BadInput);
        }

        async Task<int> RefuseAsync(string why, int exit)
        {
            await errors.WriteLineAsync($"assay: {why}");
            return exit;
        }
    }

    /// <summary>The file appears, or is replaced, when the report is whole.</summary>
    private static async Task KeepAsync(string path, string report, CancellationToken cancellation)
    {
        using var alone = PartFile.Lock(path);
        try
        {
            await File.WriteAllTextAsync(PartFile.Of(path), report, cancellation);
            PartFile.Keep(path, replaces: true);
        }
        finally
        {
            File.Delete(PartFile.Of(path));
        }
    }

    private sealed record Request(string Experiment, string Server, string? Secret, string Format, FileInfo? File);
}
