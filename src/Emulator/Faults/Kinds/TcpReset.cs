using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>Ends TCP connections by a reset instead of a farewell.</summary>
internal static class TcpReset
{
    public static void Of(HttpContext http) => Of(http.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket);

    public static void Of(Socket socket) => socket.Close(timeout: 0);
}
