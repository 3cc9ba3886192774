using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Assay.Server.Tests.Storage.Postgres;

/// <summary>Stands between a store and its database, and takes connections away at the moment that a test names.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Relay, bool> _relays = [];
    private readonly int _target;
    private readonly Task _accepting;
    private volatile Cut? _cut;
    private volatile bool _isAway;
    private int _turnedAway;

    public CuttingProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whether the cut that was asked for has happened.</summary>
    public bool HasCut => _cut is null;

    /// <summary>Connections that came while the database was away.</summary>
    public int TurnedAway => Volatile.Read(ref _turnedAway);

    /// <summary>Cuts once, when a client sends these bytes: after they have been passed on, or before.</summary>
    /// <param name="bytes">What the client sends.</param>
    /// <param name="isPassedOn">Whether the database gets them.</param>
    /// <param name="isAway">Whether every other connection is cut as well, and none is taken until <see cref="Return"/>.</param>
    public void CutAt(byte[] bytes, bool isPassedOn, bool isAway = false) => _cut = new Cut(bytes, isPassedOn, isAway);

    /// <summary>Cuts every connection, and takes none until <see cref="Return"/>.</summary>
    public void GoAway()
    {
        _isAway = true;
        foreach (var relay in _relays.Keys) relay.End();
    }

    /// <summary>The database can be reached again.</summary>
    public void Return() => _isAway = false;

    /// <summary>Connections on which a client has sent these bytes stay open and pass on nothing more, as a router does that has forgotten them.</summary>
    /// <returns>How many there are.</returns>
    public int Swallow(byte[] bytes)
    {
        var found = _relays.Keys.Where(relay => relay.HasSent(bytes)).ToList();
        foreach (var relay in found) relay.IsSwallowing = true;
        return found.Count;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = RelayAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var near = client;
        if (_isAway)
        {
            Interlocked.Increment(ref _turnedAway);
            return;
        }

        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        await far.ConnectAsync(IPAddress.Loopback, _target);
        var relay = new Relay();
        _relays[relay] = true;
        await Task.WhenAny(PumpAsync(near.GetStream(), far.GetStream(), relay, isSent: true), PumpAsync(far.GetStream(), near.GetStream(), relay, isSent: false), relay.Ended);
        _relays.TryRemove(relay, out _);
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Relay relay, bool isSent)
    {
        var buffer = new byte[65_536];
        try
        {
            while (await from.ReadAsync(buffer) is > 0 and var count)
            {
                if (relay.IsSwallowing) continue;
                if (isSent) relay.Note(buffer.AsSpan(0, count));
                var cut = isSent && _cut is { } armed && buffer.AsSpan(0, count).IndexOf(armed.Bytes) >= 0 ? Interlocked.Exchange(ref _cut, null) : null;
                if (cut is { IsPassedOn: true })
                {
                    // The answer may be quicker than the cut: it is not let through.
                    relay.IsSwallowing = true;
                    await to.WriteAsync(buffer.AsMemory(0, count));
                }

                if (cut is { IsAway: true }) GoAway();
                if (cut is not null) return;
                await to.WriteAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException)
        {
            // One side has gone.
        }
    }

    private sealed record Cut(byte[] Bytes, bool IsPassedOn, bool IsAway);

    private sealed class Relay
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly MemoryStream _sent = new();
        private volatile bool _isSwallowing;

        public Task Ended => _ended.Task;

        public bool IsSwallowing
        {
            get => _isSwallowing;
            set => _isSwallowing = value;
        }

        public void End() => _ended.TrySetResult();

        public void Note(ReadOnlySpan<byte> bytes)
        {
            lock (_sent) _sent.Write(bytes);
        }

        public bool HasSent(byte[] bytes)
        {
            lock (_sent) return _sent.GetBuffer().AsSpan(0, (int)_sent.Length).IndexOf(bytes) >= 0;
        }
    }
}
