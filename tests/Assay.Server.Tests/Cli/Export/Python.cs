using System.ComponentModel;
using System.Diagnostics;

namespace Assay.Server.Tests.Cli.Export;

/// <summary>An interpreter that has SciPy, if this machine has one.</summary>
internal static class Python
{
    public static async Task<string?> FindWithSciPyAsync()
    {
        foreach (var candidate in (string[])["python3", "/usr/bin/python3"])
        {
            try
            {
                if ((await RunAsync(candidate, "-c", "import scipy.stats")).Exit == 0) return candidate;
            }
            catch (Win32Exception)
            {
                // Not there: the next one may be.
            }
        }

        return null;
    }

    public static async Task<(int Exit, string Output)> RunAsync(string python, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(python, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
