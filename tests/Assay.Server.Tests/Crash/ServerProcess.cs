using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Assay.Server.Tests.Crash;

/// <summary>The real executable in a process of its own, which can be killed.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address)
    {
        _process = process;
        Api = new Api(address);
    }

    public Api Api { get; }

    /// <summary>Starts <c>assay serve</c> on a free port.</summary>
    /// <param name="storage">The database's connection string.</param>
    /// <param name="under">A command to run it under, with its arguments.</param>
    public static async Task<ServerProcess> StartAsync(string storage, params string[] under)
    {
        string[] command =
        [
            .. under, Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "assay.exe" : "assay"),
            "serve", "--urls", "http://127.0.0.1:0", "--storage", storage,
        ];
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() };
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) return;
            lock (said) said.Add(line.Data);
            if (Listening().Match(line.Data) is { Success: true } match) listening.TrySetResult(new Uri(match.Groups["url"].Value));
        };
        process.OutputDataReceived += (_, _) => { };
        process.Exited += (_, _) =>
        {
            lock (said) listening.TrySetException(new InvalidOperationException($"The server ended: {string.Join('\n', said)}"));
        };
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var server = new ServerProcess(process, await listening.Task.WaitAsync(Wait.Long));
        await server.Api.UntilReadyAsync();
        return server;
    }

    /// <summary>kill −9: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
        Api.Client.Dispose();
    }

    [GeneratedRegex("Now listening on: (?<url>http://[0-9.:]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
