namespace Assay.Server.Tests.Storage.Moving;

/// <summary>A folder of a test's own, in memory where the system has such a thing, for files that come and go.</summary>
internal sealed class MoveFolder : IDisposable
{
    private const string Memory = "/dev/shm";
    private readonly DirectoryInfo _folder = Directory.Exists(Memory)
        ? Directory.CreateDirectory(Path.Combine(Memory, $"assay-move-{Guid.NewGuid():n}"))
        : Directory.CreateTempSubdirectory("assay-move-");

    public string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>The connection string of a file. Without a pool, so that a test's connections do not outlive it.</summary>
    public string Storage(string name) => $"Data Source={File($"{name}.db")};Pooling=False";

    public void Dispose() => _folder.Delete(recursive: true);
}
