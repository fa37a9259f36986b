using System.Collections.Immutable;
using Akka.Actor;
using AkkaComfy.Core.Placement;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Supervisor;

/// <summary>The supervisor's view of its instances: what they last said, and which jobs it gave them.</summary>
internal sealed class Fleet
{
    private readonly SortedDictionary<InstanceId, Member> _members = [];

    public IEnumerable<Member> Members => _members.Values;

    public int ActiveJobs => _members.Values.Sum(member => member.Jobs.Count);

    /// <summary>No probe has ended yet: nobody knows.</summary>
    public bool AnyStarting => _members.Values.Any(member => member.Snapshot.State == InstanceState.Starting);

    public int FreeSlots => _members.Values.Sum(member => Math.Max(0, member.MaxJobs - member.Jobs.Count));

    public int Usable => _members.Values.Count(member => member.Snapshot.State == InstanceState.Up);

    public IEnumerable<FleetMember> ForPlacement => _members.Values.Select(member =>
        new FleetMember(member.Snapshot.Id, member.MaxJobs > 0, member.Jobs.Count, member.MaxJobs));

    public void Join(InstanceId id, string host, IActorRef actor)
    {
        var unprobed = new InstanceSnapshot(
            id, host, InstanceState.Starting, CircuitPhase.Closed, 0, 0, null, null, []);
        if (_members.TryGetValue(id, out var known))
        {
            known.Actor = actor;
            known.Snapshot = unprobed;
        }
        else
        {
            _members.Add(id, new Member(unprobed) { Actor = actor });
        }
    }

    /// <summary>Its actor is gone: until there is another, nothing is placed on it.</summary>
    public void Ended(InstanceId id)
    {
        if (_members.TryGetValue(id, out var member))
        {
            member.Snapshot = member.Snapshot with { State = InstanceState.Starting };
        }
    }

    public Member? Find(InstanceId id) => _members.GetValueOrDefault(id);

    public void Changed(InstanceSnapshot now)
    {
        if (_members.TryGetValue(now.Id, out var member))
        {
            member.Snapshot = now;
            member.Trial = now.Circuit == CircuitPhase.HalfOpen ? member.Trial : null;
        }
    }

    public ImmutableArray<InstanceSnapshot> Snapshots() =>
        [.. _members.Values.Select(member => member.Snapshot with { ActiveJobs = member.Jobs.Count })];

    /// <summary>One instance and the jobs it was given.</summary>
    internal sealed class Member(InstanceSnapshot snapshot)
    {
        public required IActorRef Actor { get; set; }

        public InstanceSnapshot Snapshot { get; set; } = snapshot;

        /// <summary>The one job by which a half-open instance is tried.</summary>
        public JobId? Trial { get; set; }

        /// <summary>The jobs that hold a slot; true once the attempt was recorded and handed to the instance.</summary>
        public Dictionary<JobId, bool> Jobs { get; } = [];

        public IEnumerable<JobId> HandedOver => Jobs.Where(job => job.Value).Select(job => job.Key);

        public int MaxJobs => Snapshot switch
        {
            { State: not InstanceState.Up } => 0,
            { Circuit: CircuitPhase.HalfOpen } => Jobs.Count + (Trial is null ? 1 : 0),
            _ => Snapshot.MaxJobs,
        };

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
