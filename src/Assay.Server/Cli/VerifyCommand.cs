using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Assay.Server.Hosting;
using Assay.Server.Results;
using Assay.Server.Results.Past;

namespace Assay.Server.Cli;

/// <summary><c>assay verify KEY</c>: what is served, and everything that was recorded, is derived again from raw events.</summary>
internal static class VerifyCommand
{
    private const int Different = 1;

    public static Command Create()
    {
        var experiment = new Argument<string>("key") { Description = "Key of an experiment." };
        var (server, secret) = ServerCall.Options();
        var command = new Command(
            "verify",
            "Derive again from raw events what a running server serves of an experiment, and every look, crossing, verdict and decision that was recorded. Exits 0 when everything comes out the same, 1 when something does not.")
        {
            experiment, server, secret,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(experiment), parsed.GetRequiredValue(server), parsed.GetValue(secret), parsed.InvocationConfiguration, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string key, string server, string? secret, InvocationConfiguration console, CancellationToken cancellation)
    {
        try
        {
            var path = $"experiments/{Uri.EscapeDataString(key)}";
            var served = await AskAsync<Verification>($"{path}/verify");
            await console.Output.WriteLineAsync(Sentence(served));
            var recorded = await AskAsync<RecordsVerification>($"{path}/records/verify");
            foreach (var record in recorded.Records) await console.Output.WriteLineAsync(Line(record));
            await console.Output.WriteLineAsync(Summary(recorded));
            return served.Equal && recorded.Equal ? 0 : Different;
        }
        catch (ServerRefusalException refusal)
        {
            await console.Error.WriteLineAsync($"assay: {refusal.Message}");
            return refusal.Exit;
        }
        catch (JsonException)
        {
            await console.Error.WriteLineAsync($"assay: {server}: the answer is not that of this version of Assay.");
            return Different;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await console.Error.WriteLineAsync("assay: interrupted before the end.");
            return CalibrateCommand.Interrupted;
        }

        async Task<T> AskAsync<T>(string path) => JsonSerializer.Deserialize<T>(await ServerCall.SendAsync(HttpMethod.Post, server, secret, path, cancellation), ServerBuilder.Json) ?? throw new JsonException();
    }

    private static string Sentence(Verification served) => string.Create(
        CultureInfo.InvariantCulture,
        $"served at commit {served.Watermark}: {(served.Equal ? "equal" : $"DIFFERENT in {served.DifferencesTotal:N0}")} ({served.Compared:N0} accumulators, {served.Units:N0} units{Erased(served.ExceptErased)})");

    private static string Line(RecordVerification record)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{record.Kind} {record.Name}, iteration {record.Iteration}, commit {record.Watermark}, {record.AsOf.UtcDateTime:yyyy-MM-dd HH:mm:ss}: {(record.Equal ? "equal" : "DIFFERENT")}{(record.ExceptErased > 0 ? $" ({Erased(record.ExceptErased)[2..]})" : "")}");
        return string.Join(Environment.NewLine, [line, .. record.Differences.Select(difference => $"  {(difference.Pointer.Length == 0 ? "not due again" : $"{difference.Pointer}: recorded {difference.Recorded.GetRawText()}, derived {difference.Derived?.GetRawText() ?? "nothing"}")}")]);
    }

    private static string Summary(RecordsVerification recorded) => recorded switch
    {
        { Compared: 0 } => "nothing has been recorded yet.",
        { Equal: true } => string.Create(CultureInfo.InvariantCulture, $"recorded: all {recorded.Compared:N0} come out the same."),
        _ => string.Create(CultureInfo.InvariantCulture, $"recorded: {recorded.Records.Count(record => !record.Equal):N0} of {recorded.Compared:N0} come out otherwise{(recorded.ExceptErased > 0 ? "; what rests on erased units cannot be computed again, and stays as it was" : "")}."),
    };

    private static string Erased(long units) => units == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", except at most {units:N0} erased");
}
