using Assay.Server.Storage.Sqlite;

namespace Assay.Server.Tests.Storage;

/// <summary>A migrated SQLite file of a test's own, gone with it.</summary>
internal sealed class StoreFile : IDisposable
{
    private static readonly string Memory = "/dev/shm";
    private readonly DirectoryInfo _folder;

    private StoreFile(DirectoryInfo folder) => _folder = folder;

    public string ConnectionString => $"Data Source={Path.Combine(_folder.FullName, "assay.db")}";

    /// <param name="fast">In memory where the system has such a folder: for histories by the hundred, whose fsync is not the question.</param>
    public static async Task<StoreFile> CreateAsync(bool fast = false)
    {
        var file = new StoreFile(fast && Directory.Exists(Memory)
            ? Directory.CreateDirectory(Path.Combine(Memory, $"assay-{Guid.NewGuid():n}"))
            : Directory.CreateTempSubdirectory("assay-store-"));
        await SqliteEngine.MigrateAsync(file.ConnectionString + ";Pooling=False", TimeProvider.System, CancellationToken.None);
        return file;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
