using System.Runtime.CompilerServices;
using Akka.Event;

namespace Akka.Streams.Implementation;

/// <summary>Streams that start again when they have ended.</summary>
internal static class Restarting
{
    public static async IAsyncEnumerable<T> Source<T>(
        Scope scope, Func<IAsyncEnumerable<T>> open, RestartSettings settings, bool onlyOnFailures,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        var restarts = new Restarts(scope, settings);
        while (true)
        {
            Outcome pulled;
            await using (var elements = open().GetAsyncEnumerator(token))
            {
                while ((pulled = await elements.TryMoveNext(token)).HasElement) yield return elements.Current;
            }

            if (pulled.Failure is null && onlyOnFailures) yield break;
            Warn(scope, pulled.Failure);
            if (await restarts.Next(token)) continue;
            Stages.Rethrow(pulled.Failure);
            yield break;
        }
    }

    /// <summary>Elements that the flow had taken when it ended are lost; those it had not are for the next.</summary>
    public static async IAsyncEnumerable<TOut> Flow<TIn, TOut>(
        Scope scope, IAsyncEnumerable<TIn> upstream, Func<IAsyncEnumerable<TIn>, IAsyncEnumerable<TOut>> open,
        RestartSettings settings, bool onlyOnFailures, [EnumeratorCancellation] CancellationToken token = default)
    {
        await using var shared = new Shared<TIn>(upstream, token);
        var restarts = new Restarts(scope, settings);
        while (true)
        {
            Outcome pulled;
            await using (var elements = open(shared.Lend(null, CancellationToken.None)).GetAsyncEnumerator(token))
            {
                while ((pulled = await elements.TryMoveNext(token)).HasElement) yield return elements.Current;
            }

            var finished = shared.HasEnded || (pulled.Failure is null && onlyOnFailures);
            if (!finished) Warn(scope, pulled.Failure);
            if (!finished && await restarts.Next(token)) continue;
            Stages.Rethrow(pulled.Failure);
            yield break;
        }
    }

    /// <summary>Starts the sink again when it has cancelled, until the upstream ends.</summary>
    public static async Task<Done> Sink<T>(
        Scope scope, IAsyncEnumerable<T> upstream, Action<IAsyncEnumerable<T>> open, RestartSettings settings,
        CancellationToken token)
    {
        await using var shared = new Shared<T>(upstream, token);
        var restarts = new Restarts(scope, settings);
        do
        {
            var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            open(shared.Lend(left, CancellationToken.None));
            await left.Task.WaitAsync(token);
            if (shared.HasEnded) break;
            Warn(scope, null);
        }
        while (await restarts.Next(token));
        return Done.Instance;
    }

    private static void Warn(Scope scope, Exception? failure)
    {
        if (scope.Materializer.IsShutdown) return;
        var log = Logging.GetLogger(scope.Materializer.System, "Akka.Streams.Restart");
        if (failure is null) log.Debug("Restarting stream after it completed");
        else log.Warning(failure, "Restarting stream due to failure: {0}", failure.Message);
    }

    /// <summary>An upstream that is lent to one reader after the other.</summary>
    private sealed class Shared<T>(IAsyncEnumerable<T> upstream, CancellationToken token) : IAsyncDisposable
    {
        private readonly Tap<T> _tap = new(upstream, token);

        public bool HasEnded { get; private set; }

        public async IAsyncEnumerable<T> Lend(
            TaskCompletionSource? left, [EnumeratorCancellation] CancellationToken reader)
        {
            try
            {
                Pulled pulled;
                while ((pulled = await Next(reader)) == Pulled.Element) yield return _tap.Current;
                if (pulled == Pulled.Interrupted) reader.ThrowIfCancellationRequested();
            }
            finally
            {
                left?.TrySetResult();
            }
        }

        public ValueTask DisposeAsync() => _tap.DisposeAsync();

        private async ValueTask<Pulled> Next(CancellationToken reader)
        {
            try
            {
                var pulled = await _tap.Next(reader);
                HasEnded = pulled == Pulled.Completed;
                return pulled;
            }
            catch (Exception)
            {
                HasEnded = true;
                throw;
            }
        }
    }
}
