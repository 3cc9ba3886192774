using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Cli;

/// <summary>The file that a command reads, which has to be there already.</summary>
internal static class StoredFile
{
    /// <summary>The connection string as it is.</summary>
    /// <param name="storage">A validated connection string.</param>
    /// <param name="option">The option that names another.</param>
    /// <exception cref="OptionsException">It is that of a SQLite file that is not there: SQLite would say that it cannot open it, and not which, or make an empty one.</exception>
    public static string Existing(string storage, string option = "--storage")
    {
        if (StorageEngines.IsPostgres(storage) || PathOf(storage) is not { } path || File.Exists(path)) return storage;
        throw new OptionsException([$"There is no database at {path}; {option} names another: {option} \"Data Source=FILE\", or \"Host=…\" for PostgreSQL."]);
    }

    /// <summary>Null where the connection string names no plain file.</summary>
    private static string? PathOf(string storage)
    {
        var connection = new SqliteConnectionStringBuilder(storage);
        var isFile = connection.Mode != SqliteOpenMode.Memory && connection.DataSource is { Length: > 0 } source && source != ":memory:" && !source.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
        return isFile ? Path.GetFullPath(connection.DataSource) : null;
    }
}
