using System.ComponentModel;
using System.Diagnostics;

namespace Assay.Server.Tests.Crash;

/// <summary>A 200 follows an fsync: seen from outside, in the server's system calls.</summary>
[Trait("Ring", "crash")]
public sealed class SyncTests
{
    [Fact]
    public async Task The_disk_has_a_batch_before_its_sender_is_told()
    {
        Assert.SkipUnless(await CanTraceAsync(), "strace is not here or may not trace.");
        var folder = Directory.CreateTempSubdirectory("assay-sync-").FullName;
        var trace = Path.Combine(folder, "trace");
        var server = await ServerProcess.StartAsync(
            $"Data Source={Path.Combine(folder, "assay.db")}", "strace", "-f", "-s", "64", "-o", trace, "-e", "trace=fsync,fdatasync,recvfrom,recvmsg,read,sendto,sendmsg,write");
        try
        {
            await server.Api.CreateAsync("checkout");
            await server.Api.BeginAsync("checkout");
            for (var batch = 0; batch < 3; batch++)
                await server.Api.RecordAsync("experiments/checkout/exposures", History.Exposures(batch, 1, at: null));
        }
        finally
        {
            await server.DisposeAsync();
        }

        var calls = await File.ReadAllLinesAsync(trace);
        var seen = 0;
        for (var i = 0; i < calls.Length; i++)
        {
            if (!calls[i].Contains("POST /api/v1/experiments/checkout/exposures", StringComparison.Ordinal)) continue;
            var answer = Array.FindIndex(calls, i, call => call.Contains("HTTP/1.1 200", StringComparison.Ordinal));
            Assert.True(answer > i, "The answer is not in the trace.");
            Assert.Contains(calls[i..answer], IsDone);
            seen++;
        }

        Assert.Equal(3, seen);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A sync that has returned, in one line or resumed.</summary>
    private static bool IsDone(string call) => call.Contains("sync", StringComparison.Ordinal) && call.TrimEnd().EndsWith("= 0", StringComparison.Ordinal);

    private static async Task<bool> CanTraceAsync()
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo("strace", ["-o", "/dev/null", "true"]) { UseShellExecute = false, RedirectStandardError = true });
            await probe!.WaitForExitAsync();
            return probe.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // Not installed.
        }
    }
}
