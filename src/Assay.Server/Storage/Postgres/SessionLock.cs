using Npgsql;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>An advisory lock held by a session of its own until it is given back, or the session ends.</summary>
internal sealed class SessionLock : IAsyncDisposable
{
    private readonly int _number;

    private SessionLock(NpgsqlConnection connection, int number)
    {
        Connection = connection;
        _number = number;
    }

    /// <summary>The session, for work under the lock.</summary>
    public NpgsqlConnection Connection { get; }

    /// <param name="source">Where nobody else gets the session afterwards: it may have got the lock when the waiting for it was ended.</param>
    /// <param name="number">Which lock.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public static async Task<SessionLock> TakeAsync(NpgsqlDataSource source, int number, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            await using var wait = new NpgsqlCommand("select pg_advisory_lock($1, $2)", connection) { CommandTimeout = 0, Parameters = { With(AdvisoryLocks.Assay), With(number) } };
            await wait.ExecuteNonQueryAsync(cancellation);
            return new SessionLock(connection, number);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <remarks>Said in so many words, because the server sees later that a connection has been closed.</remarks>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Connection.RunAsync(Sql("select pg_advisory_unlock($1, $2)", With(AdvisoryLocks.Assay), With(_number)), CancellationToken.None);
        }
        catch (Exception ended) when (ended is NpgsqlException or InvalidOperationException)
        {
            // The session has ended, and its lock with it.
        }
        finally
        {
            await Connection.DisposeAsync();
        }
    }
}
