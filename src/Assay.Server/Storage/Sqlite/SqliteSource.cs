using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Connections to the one SQLite file, each set up for durability: WAL, an fsync at every commit, waiting for the other writer instead of failing.</summary>
internal sealed class SqliteSource(string connectionString) : DbDataSource
{
    private const string SetUp = "pragma busy_timeout = 10000; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;";

    public override string ConnectionString { get; } =
        new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = 10, ForeignKeys = null }.ConnectionString;

    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    protected override DbConnection OpenDbConnection() => Open();

    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<DbConnection>(Open());
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            connection.Open();
            Prepare(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Prepare(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = SetUp;
        command.ExecuteNonQuery();
    }
}
