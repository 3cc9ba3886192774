using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Storage.Sqlite;

/// <summary>
/// Connections to the one SQLite file, each set up for durability: WAL, an fsync at every commit, waiting for the other writer instead of failing.
/// With <c>Mode=ReadOnly</c> the file is left as it is.
/// </summary>
internal sealed class SqliteSource(string connectionString) : DbDataSource
{
    private const string ToRead = "pragma busy_timeout = 10000;";
    private const string ToWrite = $"{ToRead} pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;";

    private readonly string _setUp = new SqliteConnectionStringBuilder(connectionString).Mode == SqliteOpenMode.ReadOnly ? ToRead : ToWrite;

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

    private void Prepare(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = _setUp;
        command.ExecuteNonQuery();
    }
}
