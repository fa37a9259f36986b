using Akka.Actor;
using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>The mailboxes of a system: all are unbounded and allow stashing.</summary>
public sealed class Mailboxes
{
    public static readonly string DefaultMailboxId = "akka.actor.default-mailbox";

    private static readonly string[] Unbounded = ["UnboundedMailbox", "UnboundedDequeBasedMailbox"];

    private readonly Config _config;

    internal Mailboxes(ActorSystemImpl system) => _config = system.Settings.Config;

    /// <exception cref="NotSupportedException">The mailbox is of another kind than unbounded.</exception>
    internal void Check(Props props)
    {
        if (ReferenceEquals(props.Mailbox, DefaultMailboxId) || string.IsNullOrEmpty(props.Mailbox))
            return;
        if (props.Mailbox != DefaultMailboxId && !_config.HasPath(props.Mailbox))
            throw new ConfigurationException($"Mailbox Type [{props.Mailbox}] not configured");
        var type = _config.GetString($"{props.Mailbox}.mailbox-type", "UnboundedMailbox")!;
        var name = type.Split(',')[0];
        if (!Unbounded.Contains(name[(name.LastIndexOf('.') + 1)..]))
            throw new NotSupportedException($"Mailbox type [{type}] of [{props.Mailbox}]");
    }

    internal int StashCapacity(Props props) => _config.GetInt(
        $"{props.Mailbox}.stash-capacity", _config.GetInt($"{DefaultMailboxId}.stash-capacity", -1));
}
