using System.Net.Sockets;
using System.Text;

namespace Assay.Server.Tests.Faults;

/// <summary>A client that writes what it likes and goes when it likes.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static async Task<RawClient> ConnectAsync(Uri server)
    {
        var client = new RawClient();
        await client._socket.ConnectAsync(server.Host, server.Port);
        return client;
    }

    /// <summary>The head of a batch's request; <paramref name="framing"/> tells how long the body is.</summary>
    public static byte[] Head(string route, string framing, string type = "application/json") =>
        Encoding.ASCII.GetBytes($"POST /api/v1/{route} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {type}\r\n{framing}\r\n\r\n");

    public async Task SendAsync(byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;) sent += await _socket.SendAsync(bytes.AsMemory(sent));
    }

    /// <summary>Goes as a process that dies does: the connection is reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    /// <summary>Says that nothing more comes.</summary>
    public void End() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>What the server answers until it closes the connection.</summary>
    public async Task<string> ReadAsync(CancellationToken cancellation)
    {
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await _socket.ReceiveAsync(buffer, cancellation) is > 0 and var count) answer.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            // It closed without an answer.
        }

        return answer.ToString();
    }

    public void Dispose() => _socket.Dispose();
}
