using System.Runtime.ExceptionServices;

namespace AkkaComfy.Host.Commands.Client;

/// <summary>For how long a command tries again what the service cannot do just now.</summary>
internal sealed record Patience(TimeSpan AtMost)
{
    public static Patience None { get; } = new(TimeSpan.Zero);

    public Outage Of(TimeProvider time) => new(AtMost, time);

    /// <summary>Asks again and again while the service is away or busy.</summary>
    /// <param name="told">Hears what hinders it, before each wait.</param>
    public async Task<T> InsistAsync<T>(
        Func<Task<T>> ask, Action<CommandException> told, TimeProvider time, CancellationToken cancellationToken)
    {
        var outage = Of(time);
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (CommandException busy) when (busy is OutOfReachException or RefusedException { IsPassing: true })
            {
                told(busy);
                await outage.WaitAsync((busy as RefusedException)?.RetryAfter, busy, cancellationToken);
            }
        }
    }
}

/// <summary>One time during which the service cannot do what is asked of it; it begins with the first wait.</summary>
internal sealed class Outage(TimeSpan atMost, TimeProvider time)
{
    /// <summary>Unless the service says when.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long? _begin;

    /// <summary>Waits as long as the service asks; throws the cause again if there is no patience for that.</summary>
    public async Task WaitAsync(TimeSpan? asked, CommandException cause, CancellationToken cancellationToken)
    {
        var pause = asked > TimeSpan.Zero ? asked.Value : Pause;
        _begin ??= time.GetTimestamp();
        if (time.GetElapsedTime(_begin.Value) + pause > atMost)
        {
            ExceptionDispatchInfo.Throw(cause);
        }

        await Task.Delay(pause, time, cancellationToken);
    }
}
