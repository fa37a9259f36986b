using System.Collections.Immutable;
using Akka.Actor;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Supervisor;

/// <summary>The supervisor's view of its instances: what they last said, and which jobs it gave them.</summary>
internal sealed class Fleet
{
    private readonly SortedDictionary<InstanceId, Member> _members = [];

    public IEnumerable<Member> Members => _members.Values;

    public int ActiveJobs => _members.Values.Sum(member => member.Jobs.Count);

    public bool AnyUsable => _members.Values.Any(member => member.Snapshot.State == InstanceState.Up);

    /// <summary>No probe has ended yet: nobody knows.</summary>
    public bool AnyStarting => _members.Values.Any(member => member.Snapshot.State == InstanceState.Starting);

    public int FreeSlots => _members.Values
        .Where(member => member.Snapshot.State == InstanceState.Up)
        .Sum(member => Math.Max(0, member.Snapshot.MaxJobs - member.Jobs.Count));

    public void Join(InstanceSnapshot snapshot, IActorRef actor)
    {
        if (_members.TryGetValue(snapshot.Id, out var known))
        {
            known.Actor = actor;
        }
        else
        {
            _members.Add(snapshot.Id, new Member(snapshot) { Actor = actor });
        }
    }

    public Member? Find(InstanceId id) => _members.GetValueOrDefault(id);

    public void Changed(InstanceSnapshot now)
    {
        if (_members.TryGetValue(now.Id, out var member))
        {
            member.Snapshot = now;
        }
    }

    public ImmutableArray<InstanceSnapshot> Snapshots() =>
        [.. _members.Values.Select(member => member.Snapshot with { ActiveJobs = member.Jobs.Count })];

    /// <summary>One instance and the jobs it was given.</summary>
    internal sealed class Member(InstanceSnapshot snapshot)
    {
        public required IActorRef Actor { get; set; }

        public InstanceSnapshot Snapshot { get; set; } = snapshot;

        /// <summary>The jobs that hold a slot; true once the attempt was recorded and handed to the instance.</summary>
        public Dictionary<JobId, bool> Jobs { get; } = [];
    }
}
