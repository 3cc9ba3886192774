using Assay.Server.Storage;

namespace Assay.Server.Tests.Storage;

/// <summary>A migrated SQLite file of a test's own, gone with it.</summary>
internal sealed class StoreFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assay-store-");

    public string ConnectionString => $"Data Source={Path.Combine(_folder.FullName, "assay.db")}";

    public static async Task<StoreFile> CreateAsync()
    {
        var file = new StoreFile();
        await using var source = new SqliteSource(file.ConnectionString + ";Pooling=False");
        await Migrations.ApplyAsync(source, TimeProvider.System, CancellationToken.None);
        return file;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
