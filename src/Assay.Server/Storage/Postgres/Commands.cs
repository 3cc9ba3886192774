using Npgsql;

namespace Assay.Server.Storage.Postgres;

/// <summary>SQL with $1, $2, … without the ceremony.</summary>
internal static class Commands
{
    public static NpgsqlBatch Batch(this NpgsqlConnection connection, params ReadOnlySpan<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var command in commands) batch.BatchCommands.Add(command);
        return batch;
    }

    public static NpgsqlBatchCommand Sql(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }

    /// <summary>A parameter with its type told: an array, or a value.</summary>
    public static NpgsqlParameter With<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    public static async Task<int> RunAsync(this NpgsqlConnection connection, NpgsqlBatchCommand command, CancellationToken cancellation)
    {
        await using var batch = connection.Batch(command);
        return await batch.ExecuteNonQueryAsync(cancellation);
    }

    public static long? Int64OrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
