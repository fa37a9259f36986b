using System.Collections.Immutable;
using Akka.Actor;
using AkkaComfy.Core.Health;
using AkkaComfy.Messages;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Supervisor;

/// <content>What is asked about instances: to drain one, to use it again; and what they cannot run.</content>
public sealed partial class JobSupervisor
{
    private FleetBefore? _fleetBefore;

    /// <summary>Before this incarnation has a fleet, what it was told of the last one's.</summary>
    private FleetBefore FleetNow => _fleetBefore ?? new FleetBefore(
        [.. _fleet.Members.Select(member => (member.Snapshot.Id, member.IsDraining, member.Circuits))]);

    private Instances.IReply Show(string name) =>
        _fleet.Find(name) is { } member ? new Instances.Shown(member.Shown) : NoInstance(name);

    private Instances.Refused NoInstance(string name)
    {
        var known = string.Join(", ", _fleet.Members.Select(member => member.Snapshot.Id));
        return new Instances.Refused(new Refusal(
            RefusalReason.UnknownInstance, $"There is no instance '{name}'; there are: {known}."));
    }

    /// <summary>Holds for placement at once; the answer waits until the instance shows it.</summary>
    private void SetDraining(string name, bool draining)
    {
        if (_fleet.Find(name) is not { } member)
        {
            Sender.Tell(NoInstance(name));
            return;
        }

        _log.LogInformation(
            "Instance {Instance} is to {What}", member.Snapshot.Id, draining ? "drain" : "take work again");
        if (member.IsDraining != draining)
        {
            // What the others asked for is not coming any more.
            Answer(member);
        }

        member.IsDraining = draining;
        Publish(member.Snapshot.Id);
        member.Asking.Add(Sender);
        member.Actor.Tell(draining ? new Instances.Drain(name) : new Instances.Resume(name));
        AnswerAsking(member.Snapshot.Id);
        Dispatch();
    }

    private void AnswerAsking(InstanceId id)
    {
        if (_fleet.Find(id) is { } member && member.ShowsWhatWasAsked)
        {
            Answer(member);
        }
    }

    private static void Answer(Fleet.Member member)
    {
        member.Asking.ForEach(asker => asker.Tell(new Instances.Shown(member.Shown)));
        member.Asking.Clear();
    }

    /// <summary>An instance actor that (re)started does not know that it is drained.</summary>
    private void KeepDraining(InstanceId id)
    {
        if (_fleet.Find(id) is { IsDraining: true } member)
        {
            member.Actor.Tell(new Instances.Drain(id.Value));
        }
    }

    private void RestoreFleet()
    {
        foreach (var (id, isDraining, circuits) in _fleetBefore?.Instances ?? [])
        {
            if (_fleet.Find(id) is { } member)
            {
                member.IsDraining = isDraining;
                member.Circuits = circuits;
            }
        }

        _fleetBefore = null;
    }

    private static Refusal Unsupported(WorkflowName workflow, ImmutableArray<InstanceLack> missing)
    {
        var each = missing.Select(instance => $"{instance.Instance} lacks {instance.Lack}");
        return new Refusal(
            RefusalReason.WorkflowUnsupported, $"No instance can run '{workflow}': {string.Join("; ", each)}.")
        {
            Missing = missing,
        };
    }

    /// <summary>What an earlier incarnation knew of its instances and no store holds.</summary>
    private sealed record FleetBefore(ImmutableArray<(InstanceId Id, bool IsDraining, CircuitHistory Circuits)> Instances);
}
