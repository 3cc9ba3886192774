using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Assay.Server.Hosting;
using Assay.Server.Storage.Moving;

namespace Assay.Server.Cli;

/// <summary><c>assay report KEY</c>: the report of a running server, byte for byte, as a file or on standard output.</summary>
internal static class ReportCommand
{
    private static readonly string[] Formats = ["html", "markdown", "csv", "json"];

    public static Command Create()
    {
        var experiment = new Argument<string>("key") { Description = "Key of an experiment." };
        var server = new Option<string>("--server") { Description = "Address of the server.", HelpName = "URL", DefaultValueFactory = _ => AssayOptions.DefaultUrls };
        var secret = new Option<string?>("--key") { Description = "Key of the server's API.", HelpName = "SECRET" };
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
        if (AddressOf(request) is not { } address) return await RefuseAsync(ServerAddress.Refusal(request.Server), CommandLine.BadInput);
        try
        {
            using var http = new HttpClient();
            if (request.Secret is { } secret) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
            using var response = await http.GetAsync(address, cancellation);
            var report = await response.Content.ReadAsStringAsync(cancellation);
            if (!response.IsSuccessStatusCode)
                return await RefuseAsync(DetailOf(response.StatusCode, report), response.StatusCode >= HttpStatusCode.InternalServerError ? 1 : CommandLine.BadInput);
            if (request.File is { } file) await KeepAsync(file.FullName, report, cancellation);
            else await answer.WriteAsync(report);
            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return await RefuseAsync("interrupted before the end; no file was changed.", CalibrateCommand.Interrupted);
        }
        catch (OperationCanceledException)
        {
            return await RefuseAsync($"{request.Server}: no answer in time.", 1);
        }
        catch (HttpRequestException failure)
        {
            return await RefuseAsync($"{request.Server}: {failure.Message}", 1);
        }
        catch (Exception refusal) when (refusal is FormatException or IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync(refusal.Message, CommandLine.BadInput);
        }

        async Task<int> RefuseAsync(string why, int exit)
        {
            await errors.WriteLineAsync($"assay: {why}");
            return exit;
        }
    }

    private static Uri? AddressOf(Request request) =>
        ServerAddress.Read(request.Server.TrimEnd('/') + "/") is { } server
            ? new Uri(server, $"api/v1/experiments/{Uri.EscapeDataString(request.Experiment)}/report?format={request.Format}")
            : null;

    /// <summary>What a problem says of itself; whoever else answered is named by its status.</summary>
    private static string DetailOf(HttpStatusCode status, string body)
    {
        try
        {
            var problem = JsonElement.Parse(body);
            if (problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.String && detail.GetString() is { Length: > 0 } told) return told;
        }
        catch (JsonException)
        {
            // Not from this server: the status is all there is to tell.
        }

        return $"the server answered {(int)status}.";
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
