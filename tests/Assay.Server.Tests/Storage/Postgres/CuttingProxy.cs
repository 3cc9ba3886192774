using System.Net;
using System.Net.Sockets;

namespace Assay.Server.Tests.Storage.Postgres;

/// <summary>Stands between a store and its database, and cuts every connection at the moment that a test names.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly Task _accepting;
    private volatile Cut? _cut;

    public CuttingProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Cuts once, when a client sends these bytes: after they have been passed on, or before.</summary>
    public void CutAt(byte[] bytes, bool isPassedOn) => _cut = new Cut(bytes, isPassedOn);

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
        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        await far.ConnectAsync(IPAddress.Loopback, _target);
        await Task.WhenAny(PumpAsync(near.GetStream(), far.GetStream(), canCut: true), PumpAsync(far.GetStream(), near.GetStream(), canCut: false));
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, bool canCut)
    {
        var buffer = new byte[65_536];
        try
        {
            while (await from.ReadAsync(buffer) is > 0 and var count)
            {
                var cut = canCut && _cut is { } armed && buffer.AsSpan(0, count).IndexOf(armed.Bytes) >= 0 ? Interlocked.Exchange(ref _cut, null) : null;
                if (cut is { IsPassedOn: false }) return;
                await to.WriteAsync(buffer.AsMemory(0, count));
                if (cut is not null) return;
            }
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException)
        {
            // One side has gone.
        }
    }

    private sealed record Cut(byte[] Bytes, bool IsPassedOn);
}
