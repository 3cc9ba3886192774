using Npgsql;

namespace Assay.Benchmarks.Load;

internal static class Databases
{
    /// <summary>Bytes of a PostgreSQL database, without its log.</summary>
    public static async Task<long> SizeAsync(string storage)
    {
        await using var source = NpgsqlDataSource.Create(storage);
        await using var command = source.CreateCommand("select pg_database_size(current_database())");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
