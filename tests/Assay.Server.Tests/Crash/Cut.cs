using System.Net.Sockets;

namespace Assay.Server.Tests.Crash;

/// <summary>A request to a server that was killed in the middle of it: done or not done.</summary>
internal static class Cut
{
    /// <remarks>A connection that goes in the moment it is made is told by the socket's own exception.</remarks>
    public static bool Is(Exception failure) => failure is HttpRequestException or IOException or SocketException;
}
