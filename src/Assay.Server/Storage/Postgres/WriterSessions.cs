using Npgsql;

namespace Assay.Server.Storage.Postgres;

/// <summary>The sessions that commit for a process: one for each commit under way, opened when it is first needed.</summary>
internal sealed class WriterSessions(NpgsqlDataSource source, SharedMemory shared, bool keepsEventIds) : IAsyncDisposable
{
    /// <summary>Commits under way at once: while one is measured and written, the next one is copied in.</summary>
    public const int Most = 2;

    private readonly OneAtATime _alone = new();
    private readonly SemaphoreSlim _free = new(Most);
    private readonly Lock _lock = new();
    private readonly WriterSession?[] _sessions = new WriterSession?[Most];
    private readonly bool[] _isTaken = new bool[Most];

    /// <summary>The server's processes that commit for this one.</summary>
    public IReadOnlyList<int> Processes
    {
        get
        {
            lock (_lock) return [.. _sessions.OfType<WriterSession>().Where(session => session.IsOpen).Select(session => session.Process)];
        }
    }

    /// <summary>Runs a commit in a session, while another one may run in the other.</summary>
    public async Task<T> RunAsync<T>(Func<WriterSession, Task<T>> commit, CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        try
        {
            return await RunInAsync(commit, cancellation);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Runs a commit while no other one of this process is under way: one that waits in the database for all others must not have what they wait for here.</summary>
    public async Task<T> RunAloneAsync<T>(Func<WriterSession, Task<T>> commit, CancellationToken cancellation)
    {
        await using var turn = await _alone.TakeAsync(cancellation);
        var held = 0;
        try
        {
            for (; held < Most; held++) await _free.WaitAsync(cancellation);
            return await RunInAsync(commit, cancellation);
        }
        finally
        {
            if (held > 0) _free.Release(held);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await using var turn = await _alone.TakeAsync(CancellationToken.None);
        for (var held = 0; held < Most; held++) await _free.WaitAsync();
        for (var place = 0; place < Most; place++) await CloseAsync(place);
        _free.Release(Most);
    }

    /// <summary>When anything fails, the session is closed and all that was remembered forgotten: nothing of the commit remains, there or here.</summary>
    private async Task<T> RunInAsync<T>(Func<WriterSession, Task<T>> commit, CancellationToken cancellation)
    {
        var place = Take();
        try
        {
            var session = await OpenAsync(place, cancellation);
            var result = await commit(session);
            session.End();
            return result;
        }
        catch
        {
            shared.Forget();
            await CloseAsync(place);
            throw;
        }
        finally
        {
            lock (_lock) _isTaken[place] = false;
        }
    }

    private int Take()
    {
        lock (_lock)
        {
            var place = Array.IndexOf(_isTaken, false);
            _isTaken[place] = true;
            return place;
        }
    }

    /// <returns>The session, or another one when it has ended while nothing was written.</returns>
    private async Task<WriterSession> OpenAsync(int place, CancellationToken cancellation)
    {
        if (_sessions[place] is { IsOpen: true } session) return session;
        await CloseAsync(place);
        session = await WriterSession.OpenAsync(source, shared, keepsEventIds, cancellation);
        lock (_lock) return _sessions[place] = session;
    }

    private async Task CloseAsync(int place)
    {
        WriterSession? ended;
        lock (_lock) (ended, _sessions[place]) = (_sessions[place], null);
        if (ended is not null) await ended.DisposeAsync();
    }
}
