using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Assay.Benchmarks.Load;

/// <summary>The built server as a process of its own, on a free loopback port.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address, TimeSpan coldStart)
    {
        _process = process;
        Address = address;
        ColdStart = coldStart;
    }

    public Uri Address { get; }

    /// <summary>From process start to the first 200 of /healthz.</summary>
    public TimeSpan ColdStart { get; }

    /// <summary>Resident memory, MiB.</summary>
    public double ResidentMebibytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>Processor time used so far.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static Task<ServerProcess> StartAsync(string storage)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        return StartAsync(address, typeof(Assay.Server.Hosting.Problems).Assembly.Location, "serve", "--urls", Text(address), "--storage", storage);
    }

    /// <summary>The plain way on the same engine, as a process of its own too.</summary>
    /// <param name="storage">An empty database; null for a server that stores nothing.</param>
    public static Task<ServerProcess> StartPlainAsync(string? storage)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        return StartAsync(address, [typeof(ServerProcess).Assembly.Location, "plain-server", Text(address), .. storage is null ? [] : new[] { storage }]);
    }

    private static string Text(Uri address) => address.ToString().TrimEnd('/');

    private static async Task<ServerProcess> StartAsync(Uri address, params string[] command)
    {
        var start = new ProcessStartInfo("dotnet", command)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, line) => { if (line.Data?.Contains("fail", StringComparison.OrdinalIgnoreCase) == true) Console.Error.WriteLine(line.Data); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var http = new HttpClient { BaseAddress = address };
        while (!await AnswersAsync(http, "/healthz"))
        {
            if (process.HasExited) throw new InvalidOperationException($"The server exited with {process.ExitCode}.");
            await Task.Delay(5);
        }

        var coldStart = clock.Elapsed;
        while (!await AnswersAsync(http, "/readyz")) await Task.Delay(5);
        return new ServerProcess(process, address, coldStart);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string path)
    {
        try
        {
            using var answer = await http.GetAsync(path);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
