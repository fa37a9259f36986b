using System.Collections.Immutable;
using Akka.Actor;
using AkkaComfy.Actors.Instance;
using AkkaComfy.Core.Health;
using AkkaComfy.Core.Placement;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Supervisor;

/// <summary>The supervisor's view of its instances: what they last said, and which jobs it gave them.</summary>
internal sealed partial class Fleet
{
    private readonly SortedDictionary<InstanceId, Member> _members = [];

    public IEnumerable<Member> Members => _members.Values;

    public int ActiveJobs => _members.Values.Sum(member => member.Jobs.Count);

    /// <summary>No probe has ended yet: nobody knows.</summary>
    public bool AnyStarting => _members.Values.Any(member => member.Snapshot.State == InstanceState.Starting);

    public int FreeSlots => _members.Values.Sum(member => member.FreeSlots);

    public int Usable => _members.Values.Count(member => member.IsUp);

    public IEnumerable<FleetMember> ForPlacement => _members.Values.Select(member =>
        new FleetMember(member.Snapshot.Id, member.MaxJobs > 0, member.Jobs.Count, member.MaxJobs)
        {
            Weight = member.Snapshot.Traits.Weight, Lacks = member.Lacks.Queues,
        });

    public void Join(InstanceServices services, IActorRef actor)
    {
        var unprobed = new InstanceSnapshot(
            services.Id, services.Endpoint.Host, InstanceState.Starting, CircuitPhase.Closed, 0, 0, null, null, [])
        {
            Traits = services.Traits,
        };
        if (_members.TryGetValue(services.Id, out var known))
        {
            known.Actor = actor;
            known.Snapshot = unprobed;
            Learn(services.Id, nodes: null);
        }
        else
        {
            _members.Add(services.Id, new Member(unprobed) { Actor = actor });
        }
    }

    /// <summary>Whether an instance that takes work is not known to be unable to run it.</summary>
    public bool CanRun(QueueName queue) =>
        _members.Values.Any(member => member.IsUp && !member.Lacks.Contains(queue));

    /// <summary>Whether an instance that has a free slot is not known to be unable to run it.</summary>
    public bool CanStart(QueueName queue) =>
        _members.Values.Any(member => member.FreeSlots > 0 && !member.Lacks.Contains(queue));

    /// <returns>Empty unless every instance is known to be unable to run it.</returns>
    public ImmutableArray<InstanceLack> WhatAllLack(QueueName queue) =>
        _members.Values.All(member => member.Lacks.Contains(queue))
            ? [.. _members.Values.Select(member => new InstanceLack(member.Snapshot.Id, member.Lacks.Of(queue)))]
            : [];

    /// <param name="name">An instance's id, or its host.</param>
    public Member? Find(string name) => _members.Values.FirstOrDefault(member =>
        name.Equals(member.Snapshot.Id.Value, StringComparison.OrdinalIgnoreCase)
        || name.Equals(member.Snapshot.Host, StringComparison.OrdinalIgnoreCase));

    /// <summary>Its actor is gone: until there is another, nothing is placed on it.</summary>
    public void Ended(InstanceId id)
    {
        if (_members.TryGetValue(id, out var member))
        {
            member.Snapshot = member.Snapshot with { State = InstanceState.Starting };
        }
    }

    public Member? Find(InstanceId id) => _members.GetValueOrDefault(id);

    /// <returns>Whether it makes any difference to what may be placed on it.</returns>
    public bool Changed(InstanceSnapshot now)
    {
        if (!_members.TryGetValue(now.Id, out var member))
        {
            return false;
        }

        var before = member.Snapshot;
        member.Snapshot = now;
        member.Trial = now.Circuit == CircuitPhase.HalfOpen ? member.Trial : null;
        return (before.State, before.Circuit, before.MaxJobs) != (now.State, now.Circuit, now.MaxJobs)
            || before.Lacks != now.Lacks;
    }

    public void Happened(Instances.CircuitChanged changed)
    {
        if (_members.TryGetValue(changed.Id, out var member))
        {
            member.Circuits = member.Circuits.With(changed);
        }
    }

    public ImmutableArray<InstanceSnapshot> Snapshots() =>
        [.. _members.Values.Select(member => member.Shown)];

    /// <summary>One instance and the jobs it was given.</summary>
    internal sealed class Member(InstanceSnapshot snapshot)
    {
        private InstanceSnapshot _snapshot = snapshot;

        public required IActorRef Actor { get; set; }

        /// <summary>What the instance last said of itself.</summary>
        public InstanceSnapshot Snapshot
        {
            get => _snapshot;
            set
            {
                if (value.Lacks != _snapshot.Lacks)
                {
                    Lacks.Learn(value.Lacks);
                }

                _snapshot = value;
            }
        }

        /// <summary>What it is known to be unable to run.</summary>
        public MemberLacks Lacks { get; } = new();

        /// <summary>What was asked by hand: holds here at once, and again for an instance that restarts.</summary>
        public bool IsDraining { get; set; }

        /// <summary>Survives the instance's actor and all beneath it.</summary>
        public CircuitHistory Circuits { get; set; } = CircuitHistory.Empty;

        /// <summary>Who asked to drain or resume it and has no answer yet.</summary>
        public List<IActorRef> Asking { get; } = [];

        public bool ShowsWhatWasAsked => IsDraining
            ? Snapshot.Circuit == CircuitPhase.Isolated
            : Snapshot.State != InstanceState.Draining;

        public bool IsUp => !IsDraining && Snapshot.State == InstanceState.Up;

        public InstanceSnapshot Shown => Snapshot with
        {
            ActiveJobs = Jobs.Count,
            State = IsDraining ? InstanceState.Draining : Snapshot.State,
            CircuitHistory = Circuits.Transitions,
        };

        /// <summary>The one job by which a half-open instance is tried.</summary>
        public JobId? Trial { get; set; }

        /// <summary>The jobs that hold a slot; true once the attempt was recorded and handed to the instance.</summary>
        public Dictionary<JobId, bool> Jobs { get; } = [];

        public IEnumerable<JobId> HandedOver => Jobs.Where(job => job.Value).Select(job => job.Key);

        public int MaxJobs => Snapshot.Circuit switch
        {
            _ when !IsUp => 0,
            CircuitPhase.HalfOpen => Jobs.Count + (Trial is null ? 1 : 0),
            _ => Snapshot.MaxJobs,
        };

        public int FreeSlots => Math.Max(0, MaxJobs - Jobs.Count);

        public void Take(JobId job)
        {
            Jobs[job] = false;
            if (Snapshot.Circuit == CircuitPhase.HalfOpen)
            {
                Trial = job;
            }
        }

        public void Free(JobId job)
        {
            Jobs.Remove(job);
            Trial = Trial == job ? null : Trial;
        }
    }
}
