using System.Net;
using System.Net.Sockets;

namespace AkkaComfy.EndToEnd.Crashes;

/// <summary>
/// Stands between the service and one instance, so that a kill can be aimed from outside: the product needs no hooks,
/// and what it holds back is just what a crash would have cut off.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly IPEndPoint _instance;
    private readonly KillSwitch _kill;
    private readonly Task _accepting;

    public Relay(int instancePort, KillSwitch kill)
    {
        (_instance, _kill) = (new IPEndPoint(IPAddress.Loopback, instancePort), kill);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Host => _listener.LocalEndpoint.ToString()!;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var conversations = new List<Task>();
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                conversations.Add(ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token)));
            }
            catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException)
            {
                break;
            }

            conversations.RemoveAll(conversation => conversation.IsCompletedSuccessfully);
        }

        await Task.WhenAll(conversations);
    }

    private async Task ServeAsync(Socket service)
    {
        using (service)
        using (var instance = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true })
        using (var ended = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token))
        {
            service.NoDelay = true;
            try
            {
                await instance.ConnectAsync(_instance, ended.Token);
                var exchange = new Exchange(_kill);
                var asking = PumpAsync(service, instance, exchange.Asked, _ => false, ended.Token);
                var answering = PumpAsync(instance, service, exchange.Answering, exchange.Answered, ended.Token);
                await await Task.WhenAny(asking, answering);
                await ended.CancelAsync();
                await Task.WhenAll(asking, answering);
            }
            catch (Exception over) when (over is SocketException or OperationCanceledException)
            {
                // One end is gone, and with it the conversation.
            }
        }
    }

    private static async Task PumpAsync(
        Socket from, Socket to, Func<Memory<byte>, bool> cutBefore, Func<int, bool> cutAfter, CancellationToken ended)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, ended) is > 0 and var count)
        {
            if (cutBefore(buffer.AsMemory(0, count)))
            {
                return;
            }

            for (var sent = 0; sent < count;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), ended);
            }

            if (cutAfter(count))
            {
                return;
            }
        }
    }
}
