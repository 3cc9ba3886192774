using System.CommandLine;
using System.Globalization;
using System.Text.Json;

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
            var served = await AskAsync($"{path}/verify");
            await console.Output.WriteLineAsync(Sentence(served));
            var recorded = await AskAsync($"{path}/records/verify");
            foreach (var record in recorded.GetProperty("records").EnumerateArray()) await console.Output.WriteLineAsync(Line(record));
            await console.Output.WriteLineAsync(Summary(recorded));
            return IsEqual(served) && IsEqual(recorded) ? 0 : Different;
        }
        catch (ServerRefusalException refusal)
        {
            await console.Error.WriteLineAsync($"assay: {refusal.Message}");
            return refusal.Exit;
        }
        catch (Exception stranger) when (stranger is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            await console.Error.WriteLineAsync($"assay: {server}: the answer is not that of this version of Assay.");
            return Different;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await console.Error.WriteLineAsync("assay: interrupted before the end.");
            return CalibrateCommand.Interrupted;
        }

        async Task<JsonElement> AskAsync(string path) => JsonElement.Parse(await ServerCall.SendAsync(HttpMethod.Post, server, secret, path, Timeout.InfiniteTimeSpan, cancellation));
    }

    private static string Sentence(JsonElement served) => string.Create(
        CultureInfo.InvariantCulture,
        $"served at commit {Number(served, "watermark")}: {(IsEqual(served) ? "equal" : $"DIFFERENT in {Number(served, "differences_total"):N0}")} ({Number(served, "compared"):N0} accumulators, {Number(served, "units"):N0} units{Erased(served, ", ")})");

    private static string Line(JsonElement record)
    {
        var erased = Erased(record, "");
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{Text(record, "kind")} {Text(record, "name")}, iteration {Number(record, "iteration")}, commit {Number(record, "watermark")}, {record.GetProperty("as_of").GetDateTimeOffset().UtcDateTime:yyyy-MM-dd HH:mm:ss}: {(IsEqual(record) ? "equal" : "DIFFERENT")}{(erased.Length > 0 ? $" ({erased})" : "")}");
        return string.Join('\n', [line, .. record.GetProperty("differences").EnumerateArray().Select(Difference)]);
    }

    private static string Difference(JsonElement difference) => (Text(difference, "pointer"), difference.GetProperty("derived")) switch
    {
        ("", _) => "  not due again",
        var (pointer, derived) => $"  {pointer}: recorded {difference.GetProperty("recorded").GetRawText()}, derived {(derived.ValueKind == JsonValueKind.Null ? "nothing" : derived.GetRawText())}",
    };

    private static string Summary(JsonElement recorded)
    {
        var compared = Number(recorded, "compared");
        if (compared == 0) return "nothing has been recorded yet.";
        if (IsEqual(recorded)) return string.Create(CultureInfo.InvariantCulture, $"recorded: all {compared:N0} come out the same.");
        var different = recorded.GetProperty("records").EnumerateArray().Count(record => !IsEqual(record));
        return string.Create(CultureInfo.InvariantCulture, $"recorded: {different:N0} of {compared:N0} come out otherwise{(Number(recorded, "except_erased") > 0 ? "; what rests on erased units cannot be computed again, and stays as it was" : "")}.");
    }

    private static string Erased(JsonElement verified, string before) =>
        Number(verified, "except_erased") is > 0 and var units ? string.Create(CultureInfo.InvariantCulture, $"{before}except at most {units:N0} erased") : "";

    private static bool IsEqual(JsonElement verified) => verified.GetProperty("equal").GetBoolean();

    private static long Number(JsonElement from, string member) => from.GetProperty(member).GetInt64();

    private static string Text(JsonElement from, string member) => from.GetProperty(member).GetString() ?? "";
}
