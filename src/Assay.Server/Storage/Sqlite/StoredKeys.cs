using Microsoft.Data.Sqlite;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Whether a file holds a key, asked before storage comes up: no file is made, and none is changed.</summary>
internal static class StoredKeys
{
    private const int NoSuchTable = 1, NoSuchFile = 14; // SQLITE_ERROR, SQLITE_CANTOPEN

    public static bool Exist(string connectionString)
    {
        var reading = new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        using var connection = new SqliteConnection(reading.ConnectionString);
        using var command = connection.CreateCommand();
        command.CommandText = "select exists (select 1 from access_keys)";
        try
        {
            connection.Open();
            return command.ExecuteScalar() is 1L;
        }
        catch (SqliteException none) when (none.SqliteErrorCode is NoSuchTable or NoSuchFile)
        {
            return false;
        }
    }
}
