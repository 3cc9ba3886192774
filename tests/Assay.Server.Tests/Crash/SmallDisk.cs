using System.ComponentModel;
using System.Diagnostics;

namespace Assay.Server.Tests.Crash;

/// <summary>A disk of a few mebibytes that a test can fill: a tmpfs, which only root may mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _ballast;

    private SmallDisk(string folder)
    {
        Folder = folder;
        _ballast = Path.Combine(folder, "ballast");
    }

    public string Folder { get; }

    /// <returns>Null where nothing may be mounted.</returns>
    public static SmallDisk? TryMount(int mebibytes)
    {
        var folder = Directory.CreateTempSubdirectory("assay-disk-").FullName;
        if (TryRun("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m,mode=0777", "tmpfs", folder)) return new SmallDisk(folder);
        Directory.Delete(folder);
        return null;
    }

    /// <summary>Takes what is left of the disk, to the last page.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(_ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            var page = new byte[4096];
            while (true) ballast.Write(page);
        }
        catch (IOException full) when (new DriveInfo(Folder).AvailableFreeSpace == 0)
        {
            Assert.Contains("No space left", full.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Makes room again.</summary>
    public void Free() => File.Delete(_ballast);

    public void Dispose()
    {
        Assert.True(TryRun("umount", Folder), "The disk is still in use.");
        Directory.Delete(Folder);
    }

    private static bool TryRun(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // Not here.
        }
    }
}
