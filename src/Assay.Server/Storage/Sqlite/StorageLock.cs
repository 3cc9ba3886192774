using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Storage.Sqlite;

/// <summary>
/// One server to a file: what is served is kept in memory, so the commits of a second process would go unseen. The system takes the lock back when the
/// process ends, however it ends; programs that only use the catalog do not need it.
/// </summary>
internal sealed class StorageLock(string connectionString) : IDisposable
{
    private FileStream? _file;

    /// <summary>Takes the lock, a file beside the database.</summary>
    /// <exception cref="StorageInUseException">Another server has it.</exception>
    public void Take()
    {
        if (_file is not null || FindFile() is not { } database) return;
        var path = $"{database}.lock";
        try
        {
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageInUseException($"The storage {database} is in use by another server, or {path} cannot be opened: {failure.Message}", failure);
        }
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>The file as SQLite finds it; null when it cannot be opened, which storage says by itself when it comes up.</summary>
    private string? FindFile()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            return connection.DataSource;
        }
        catch (DbException)
        {
            return null;
        }
    }
}
