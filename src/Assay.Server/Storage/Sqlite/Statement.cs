using System.Buffers;
using System.Text;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Assay.Server.Storage.Sqlite;

/// <summary>A prepared statement without ADO's cost a call: a commit runs tens of thousands.</summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public Statement(sqlite3 database, string sql)
    {
        _database = database;
        Check(sqlite3_prepare_v3(database, sql, SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Binds the parameter at <paramref name="index"/>, from 1.</summary>
    public Statement Bind(int index, long value)
    {
        Check(sqlite3_bind_int64(_statement, index, value));
        return this;
    }

    public Statement Bind(int index, long? value)
    {
        Check(value is { } known ? sqlite3_bind_int64(_statement, index, known) : sqlite3_bind_null(_statement, index));
        return this;
    }

    public Statement Bind(int index, double value)
    {
        Check(sqlite3_bind_double(_statement, index, value));
        return this;
    }

    public Statement Bind(int index, ReadOnlySpan<byte> blob)
    {
        Check(sqlite3_bind_blob(_statement, index, blob));
        return this;
    }

    public Statement Bind(int index, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            // An empty span would bind null.
            Check(text is null ? sqlite3_bind_null(_statement, index) : sqlite3_bind_text(_statement, index, ""));
            return this;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, buffer);
        Check(sqlite3_bind_text(_statement, index, buffer.AsSpan(0, length)));
        ArrayPool<byte>.Shared.Return(buffer);
        return this;
    }

    /// <returns>Whether there is a row to read.</returns>
    public bool Step()
    {
        var code = sqlite3_step(_statement);
        if (code == SQLITE_ROW) return true;
        if (code == SQLITE_DONE) return false;
        Reset();
        throw Failure(code);
    }

    /// <summary>Runs to the end and makes ready for the next run.</summary>
    public void Run()
    {
        while (Step())
        {
        }

        Reset();
    }

    /// <summary>Makes ready for the next run; parameters keep their values.</summary>
    public void Reset() => _ = sqlite3_reset(_statement); // reports the last step's failure again, which was thrown then

    public long Int64(int column) => sqlite3_column_int64(_statement, column);

    public int Int32(int column) => sqlite3_column_int(_statement, column);

    public double Real(int column) => sqlite3_column_double(_statement, column);

    public bool IsNull(int column) => sqlite3_column_type(_statement, column) == SQLITE_NULL;

    public bool IsBlob(int column) => sqlite3_column_type(_statement, column) == SQLITE_BLOB;

    public long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    public ReadOnlySpan<byte> Blob(int column) => sqlite3_column_blob(_statement, column);

    public string Text(int column) => Encoding.UTF8.GetString(Blob(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != SQLITE_OK) throw Failure(code);
    }

    private Microsoft.Data.Sqlite.SqliteException Failure(int code) =>
        new(sqlite3_errmsg(_database).utf8_to_string(), code, sqlite3_extended_errcode(_database));
}
