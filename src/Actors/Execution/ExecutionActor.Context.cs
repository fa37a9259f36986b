using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Execution;

/// <summary>What is logged on the way of an attempt says whose it is, and what is begun belongs to its trace.</summary>
public sealed partial class ExecutionActor
{
    private readonly KeyValuePair<string, object>[] _context;

    public override void AroundPreStart()
    {
        using (_log.BeginScope(_context))
        {
            base.AroundPreStart();
        }
    }

    protected override bool AroundReceive(Receive receive, object message)
    {
        using (_log.BeginScope(_context))
        using (_span.Enter())
        {
            return base.AroundReceive(receive, message);
        }
    }
}
