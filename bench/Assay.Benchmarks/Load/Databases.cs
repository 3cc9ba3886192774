using Assay.Server.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Assay.Benchmarks.Load;

internal static class Databases
{
    /// <summary>The connection string of a SQLite file in a folder.</summary>
    public static string File(DirectoryInfo folder, string name) => $"Data Source={Path.Combine(folder.FullName, $"{name}.db")}";

    /// <summary>Moves the write-ahead log of a SQLite file that nobody serves into the file.</summary>
    public static async Task SettleAsync(string storage)
    {
        if (StorageEngines.IsPostgres(storage)) return;
        await using var connection = new SqliteConnection(storage);
        await connection.OpenAsync();
        await using var command = new SqliteCommand("pragma wal_checkpoint(truncate)", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Bytes on disk: a SQLite file with its write-ahead log, or a PostgreSQL database without its log.</summary>
    public static async Task<long> SizeAsync(string storage)
    {
        if (!StorageEngines.IsPostgres(storage))
        {
            var file = new FileInfo(new SqliteConnectionStringBuilder(storage).DataSource);
            return file.Directory!.EnumerateFiles($"{file.Name}*").Sum(part => part.Length);
        }

        await using var source = NpgsqlDataSource.Create(storage);
        await using var command = source.CreateCommand("select pg_database_size(current_database())");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
