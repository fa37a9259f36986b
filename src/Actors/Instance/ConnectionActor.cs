using Akka.Actor;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Health;
using AkkaComfy.Messages;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Instance;

/// <summary>One WebSocket to one instance under a stable client id, leased to one execution at a time.</summary>
/// <remarks><code>
///               opened                    broken | deaf
///   connecting ────────▶ online ──────────────────────────┐
///     │    ▲                                              ▼
///     │    └──────────────────── pause over ────────── backing off
///     └── failed ─────────────────────────────────────────▲
/// </code>
/// The same client id is used again on reconnect, so that ComfyUI resumes routing its prompts' messages here. Only a
/// deaf socket (open, but not even a status after a prompt was posted) is replaced under a new id: an old socket that
/// closes late could unregister its successor.
/// </remarks>
public sealed class ConnectionActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan StatusDue = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AliveEvery = TimeSpan.FromMilliseconds(100);
    private static readonly Backoff Reconnect = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(15));

    private readonly InstanceServices _services;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _lifetime = new();
    private string _clientId;
    private IActorRef _listener = ActorRefs.Nobody;
    private IComfySocket? _socket;
    private IAsyncEnumerator<ComfyMessage>? _messages;
    private object _epoch = new();
    private bool _heardSincePosting;
    private DateTimeOffset _toldAliveAt;
    private int _failures;

    public ConnectionActor(InstanceServices services, string clientId)
    {
        _services = services;
        _clientId = clientId;
        _log = services.Logs.CreateLogger<ConnectionActor>();
        Become(Connecting);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Connect();

    /// <summary>The lease outlives the restart: whoever listens goes on listening.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        Self.Tell(new Connections.Attach(_listener));
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        _listener.Tell(Connections.Lost.Instance);
        Close();
        _lifetime.Cancel();
        _lifetime.Dispose();
    }

    private void Connect()
    {
        Enter(ConnectionState.Connecting, Connecting);
        var epoch = _epoch = new object();
        OpenAsync(_clientId, _lifetime.Token).PipeTo(Self,
            success: opened => new Opened(epoch, opened.Socket, opened.Guard),
            failure: exception => new Broken(epoch, exception));
    }

    /// <summary>Until the actor takes it, a socket is guarded: it goes when the actor does.</summary>
    private async Task<(IComfySocket Socket, CancellationTokenRegistration Guard)> OpenAsync(
        string clientId, CancellationToken lifetime)
    {
        var socket = await _services.Connector.ConnectAsync(clientId, lifetime);
        return (socket, lifetime.Register(() => _ = DisposeAsync(socket)));
    }

    private void Connecting()
    {
        Receive<Opened>(opened => ReferenceEquals(opened.Epoch, _epoch), opened =>
        {
            opened.Guard.Unregister();
            _socket = opened.Socket;
            _messages = opened.Socket.ReadAllAsync(_lifetime.Token).GetAsyncEnumerator(_lifetime.Token);
            Enter(ConnectionState.Online, Online);
            _listener.Tell(new Connections.Restored(_clientId));
            ReadNext();
        });
        ReceiveAlways();
    }

    private void Online()
    {
        Receive<Arrived>(arrived => ReferenceEquals(arrived.Epoch, _epoch), arrived =>
        {
            if (!arrived.Any)
            {
                Fail("the server closed it");
                return;
            }

            _failures = 0;
            _heardSincePosting = true;
            Timers.Cancel(Timer.StatusDue);
            _listener.Tell(new Connections.Heard(_messages!.Current));
            TellAlive();
            ReadNext();
        });
        Receive<Connections.Posting>(_ => { _heardSincePosting = false; });
        Receive<Connections.Posted>(_ =>
        {
            if (!_heardSincePosting)
            {
                Timers.StartSingleTimer(Timer.StatusDue, Timer.StatusDue, StatusDue);
            }
        });
        Receive<Timer>(timer => timer == Timer.StatusDue, _ =>
        {
            _clientId = NewClientId();
            Fail("it is deaf: no status after a prompt was posted; the next one uses a new client id");
        });
        ReceiveAlways();
    }

    private void BackingOff()
    {
        Receive<Timer>(timer => timer == Timer.Reconnect, _ => Connect());
        ReceiveAlways();
    }

    private void ReceiveAlways()
    {
        Receive<Connections.Attach>(attach =>
        {
            _listener = attach.Listener;
            _listener.Tell(_socket is null ? Connections.Lost.Instance : new Connections.Restored(_clientId));
        });
        Receive<Connections.Detach>(_ => { _listener = ActorRefs.Nobody; });
        Receive<Connections.Posting>(_ => { /* not online: the listener polls anyway */ });
        Receive<Connections.Posted>(_ => { /* the same */ });
        Receive<Broken>(broken => ReferenceEquals(broken.Epoch, _epoch), broken => Fail(broken.Reason.Message));
        Receive<Opened>(stale =>
        {
            stale.Guard.Unregister();
            _ = DisposeAsync(stale.Socket);
        });
    }

    /// <summary>One message is asked for at a time: what waits beyond it waits in the socket's own bounded buffer.</summary>
    private void ReadNext()
    {
        var epoch = _epoch;
        _messages!.MoveNextAsync().AsTask().PipeTo(Self,
            success: any => new Arrived(epoch, any),
            failure: exception => new Broken(epoch, exception));
    }

    private void TellAlive()
    {
        var now = Context.System.Scheduler.Now;
        if (now - _toldAliveAt >= AliveEvery)
        {
            _toldAliveAt = now;
            Context.Parent.Tell(Connections.Alive.Instance);
        }
    }

    private void Fail(string reason)
    {
        var pause = Reconnect.Delay(++_failures, _services.Jitter());
        _log.LogInformation(
            "Connection {ClientId} to {Instance} is lost: {Reason}; next try in {Pause} ms",
            _clientId, _services.Id, reason, (int)pause.TotalMilliseconds);
        Close();
        _epoch = new object();
        Timers.Cancel(Timer.StatusDue);
        Timers.StartSingleTimer(Timer.Reconnect, Timer.Reconnect, pause);
        Enter(ConnectionState.BackingOff, BackingOff);
        _listener.Tell(Connections.Lost.Instance);
    }

    private void Enter(ConnectionState state, Action behaviour)
    {
        Become(behaviour);
        Context.Parent.Tell(new Connections.Changed(state, _clientId));
    }

    private void Close()
    {
        if (_socket is { } socket)
        {
            _socket = null;
            _ = CloseAsync(socket);
        }
    }

    private async Task CloseAsync(IComfySocket socket)
    {
        try
        {
            await socket.CloseAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is ComfyException or OperationCanceledException)
        {
            _log.LogDebug(
                "Connection {ClientId} to {Instance} did not close cleanly: {Reason}",
                socket.ClientId, _services.Id, e.Message);
        }
        finally
        {
            await socket.DisposeAsync();
        }
    }

    private static async Task DisposeAsync(IComfySocket socket) => await socket.DisposeAsync();

    public static string NewClientId() => Guid.NewGuid().ToString("N");

    public static Props Props(InstanceServices services, string clientId) =>
        Akka.Actor.Props.Create(() => new ConnectionActor(services, clientId));

    private enum Timer
    {
        StatusDue,
        Reconnect,
    }

    private sealed record Opened(object Epoch, IComfySocket Socket, CancellationTokenRegistration Guard);

    private sealed record Arrived(object Epoch, bool Any);

    private sealed record Broken(object Epoch, Exception Reason);
}
