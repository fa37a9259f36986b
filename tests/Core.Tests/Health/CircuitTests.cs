using AkkaComfy.Core.Health;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Tests.Health;

public sealed class CircuitTests
{
    private static readonly DateTimeOffset Then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CircuitOptions Options = new(new ProbeSchedule(TimeSpan.FromSeconds(30)), Threshold: 3);

    private static DateTimeOffset At(double seconds) => Then.AddSeconds(seconds);

    private static Circuit Fail(Circuit circuit, double seconds) =>
        circuit.Failed(Options, "refused", At(seconds), At(seconds));

    private static Circuit Opened() => Fail(Fail(Fail(Circuit.New, 0), 1), 2);

    private static Circuit Dead() => Circuit.New.Trip(Options, "worker thread dead", CircuitCure.Work, At(2));

    [Fact]
    public void A_new_circuit_is_closed_and_takes_work()
    {
        Assert.Equal(CircuitPhase.Closed, Circuit.New.Phase);
        Assert.True(Circuit.New.AllowsWork);
        Assert.False(Circuit.New.InDoubt);
    }

    [Fact]
    public void Three_failures_in_a_row_open_it_and_it_says_since_when_and_why()
    {
        var doubted = Fail(Fail(Circuit.New, 0), 1);
        Assert.Equal(CircuitPhase.Closed, doubted.Phase);
        Assert.True(doubted.AllowsWork);
        Assert.True(doubted.InDoubt);

        var opened = Fail(doubted, 2);
        Assert.Equal(CircuitPhase.Open, opened.Phase);
        Assert.False(opened.AllowsWork);
        Assert.Equal((At(2), "refused"), (opened.OpenSince, opened.Reason));
    }

    [Fact]
    public void Work_that_fails_three_times_in_a_row_opens_it_however_well_probes_are_answered()
    {
        var circuit = Circuit.New;
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(CircuitPhase.Closed, circuit.Phase);
            circuit = Fail(circuit, i).WorkFailed(Options, "500", At(i), At(i)).Succeeded(At(i));
        }

        Assert.Equal(CircuitPhase.Open, circuit.Phase);
        var probed = circuit.Probing(At(60)).Succeeded(At(60));
        Assert.Equal(CircuitPhase.HalfOpen, probed.Phase);
        Assert.Equal(CircuitPhase.Closed, probed.TrialBegan().WorkSucceeded(At(61)).Phase);
    }

    [Fact]
    public void Work_that_succeeds_in_between_starts_its_count_again()
    {
        var doubted = Circuit.New.WorkFailed(Options, "500", At(0), At(0)).WorkFailed(Options, "500", At(1), At(1));

        Assert.Equal((2, 0), (doubted.FailedWork, doubted.WorkSucceeded(At(2)).FailedWork));
    }

    [Fact]
    public void A_success_in_between_starts_the_count_again()
    {
        var circuit = Fail(Fail(Circuit.New, 0), 1).Succeeded(At(2));
        Assert.Null(circuit.Reason);

        Assert.Equal(CircuitPhase.Closed, Fail(Fail(circuit, 3), 4).Phase);
    }

    [Fact]
    public void Work_that_succeeds_is_a_success_too()
    {
        var circuit = Fail(Fail(Circuit.New, 0), 1).WorkSucceeded(At(2));

        Assert.Equal(CircuitPhase.Closed, Fail(Fail(circuit, 3), 4).Phase);
    }

    [Fact]
    public void It_half_opens_for_a_probe_only_when_the_wait_is_over()
    {
        var opened = Opened();

        Assert.False(opened.AllowsProbe(At(2.9)));
        Assert.Equal(CircuitPhase.Open, opened.Probing(At(2.9)).Phase);
        Assert.True(opened.AllowsProbe(At(3)));
        Assert.Equal(CircuitPhase.HalfOpen, opened.Probing(At(3)).Phase);
    }

    [Fact]
    public void Half_open_takes_no_work_until_the_probe_has_succeeded()
    {
        var halfOpen = Opened().Probing(At(3));
        Assert.False(halfOpen.AllowsWork);

        var closed = halfOpen.Succeeded(At(3));
        Assert.Equal(CircuitPhase.Closed, closed.Phase);
        Assert.True(closed.AllowsWork);
        Assert.Null(closed.OpenSince);
    }

    [Fact]
    public void A_failed_probe_opens_it_again_for_longer_and_the_outage_began_when_it_began()
    {
        var again = Fail(Opened().Probing(At(3)), 3.3);

        Assert.Equal(CircuitPhase.Open, again.Phase);
        Assert.Equal(At(2), again.OpenSince);
        Assert.False(again.AllowsProbe(At(5.2)));
        Assert.True(again.AllowsProbe(At(5.3)));
    }

    [Fact]
    public void A_success_that_arrives_while_open_changes_nothing() =>
        Assert.Equal(Opened(), Opened().Succeeded(At(2.5)).WorkSucceeded(At(2.6)));

    [Fact]
    public void A_probe_sent_a_moment_too_early_and_answered_in_time_closes_it() =>
        Assert.Equal(CircuitPhase.Closed, Opened().Probing(At(2.99)).Succeeded(At(3.01)).Phase);

    [Fact]
    public void A_late_failure_from_before_the_trip_neither_trips_it_again_nor_extends_it()
    {
        var opened = Opened();
        Assert.Equal(opened, opened.Failed(Options, "late", At(1), At(2.5)));

        var halfOpen = opened.Probing(At(3));
        Assert.Equal(halfOpen, halfOpen.Failed(Options, "late", At(1), At(3.1)));

        var closed = halfOpen.Succeeded(At(3.2));
        Assert.Equal(closed, closed.Failed(Options, "late", At(1), At(3.3)));
    }

    [Fact]
    public void A_dead_worker_opens_it_at_once() => Assert.Equal(CircuitPhase.Open, Dead().Phase);

    [Fact]
    public void A_dead_workers_circuit_is_not_closed_by_an_answered_probe_but_given_one_job()
    {
        var halfOpen = Dead().Probing(At(3)).Succeeded(At(3));
        Assert.Equal(CircuitPhase.HalfOpen, halfOpen.Phase);
        Assert.True(halfOpen.AllowsWork);

        var tried = halfOpen.TrialBegan();
        Assert.False(tried.AllowsWork);
        Assert.False(tried.Succeeded(At(4)).AllowsWork);

        Assert.Equal(CircuitPhase.Closed, tried.WorkSucceeded(At(5)).Phase);
    }

    [Fact]
    public void A_trial_that_proved_nothing_makes_room_for_another()
    {
        var tried = Dead().Probing(At(3)).Succeeded(At(3)).TrialBegan();

        Assert.True(tried.TrialEnded().AllowsWork);
    }

    [Fact]
    public void A_trial_that_fails_opens_a_dead_workers_circuit_again_and_only_work_still_cures_it()
    {
        var again = Fail(Dead().Probing(At(3)).Succeeded(At(3)).TrialBegan(), 9);
        Assert.Equal(CircuitPhase.Open, again.Phase);

        var halfOpen = again.Probing(At(60)).Succeeded(At(60));
        Assert.Equal(CircuitPhase.HalfOpen, halfOpen.Phase);
        Assert.True(halfOpen.AllowsWork);
    }

    [Fact]
    public void A_queue_that_moves_closes_a_dead_workers_circuit_even_while_open() =>
        Assert.Equal(CircuitPhase.Closed, Dead().WorkSucceeded(At(2.5)).Phase);

    [Fact]
    public void An_open_circuit_learns_that_only_work_cures_it()
    {
        var circuit = Opened().Trip(Options, "worker thread dead", CircuitCure.Work, At(2.5));

        Assert.Equal(CircuitPhase.HalfOpen, circuit.Probing(At(3)).Succeeded(At(3)).Phase);
    }

    [Fact]
    public void A_cured_circuit_has_forgotten_what_cured_it()
    {
        var cured = Dead().WorkSucceeded(At(3));

        var opened = Fail(Fail(Fail(cured, 4), 5), 6);
        Assert.Equal(CircuitPhase.Closed, opened.Probing(At(7)).Succeeded(At(7)).Phase);
    }

    [Fact]
    public void Isolated_by_hand_it_takes_no_work_however_well_it_is()
    {
        var isolated = Circuit.New.Isolate("drained", At(0));
        Assert.Equal(CircuitPhase.Isolated, isolated.Phase);
        Assert.False(isolated.AllowsWork);
        Assert.True(isolated.AllowsProbe(At(0)));
        Assert.Equal("drained", isolated.Reason);

        Assert.Equal(Circuit.New, isolated.Succeeded(At(1)).Resume());
    }

    [Fact]
    public void Isolated_it_lets_what_it_was_given_start_unless_it_is_ill_beneath()
    {
        var isolated = Circuit.New.Isolate("drained", At(0));
        Assert.True(isolated.AllowsStart);

        isolated = Fail(Fail(Fail(isolated, 1), 2), 3);
        Assert.False(isolated.AllowsStart);
        Assert.True(isolated.Probing(At(9)).Succeeded(At(9)).AllowsStart);
    }

    [Fact]
    public void What_was_found_out_while_isolated_holds_after_it()
    {
        var isolated = Circuit.New.Isolate("drained", At(0));
        isolated = Fail(Fail(Fail(isolated, 1), 2), 3);
        Assert.Equal(CircuitPhase.Isolated, isolated.Phase);
        Assert.Equal(CircuitPhase.Open, isolated.Resume().Phase);

        Assert.Equal(CircuitPhase.Closed, isolated.Probing(At(9)).Succeeded(At(9)).Resume().Phase);
    }

    [Fact]
    public void Probes_come_fast_while_in_doubt_and_slowly_while_well()
    {
        var schedule = Options.Probes;
        Assert.Equal(TimeSpan.FromSeconds(30), schedule.Next(Circuit.New));

        var circuit = Fail(Circuit.New, 0);
        Assert.Equal(TimeSpan.FromSeconds(1), schedule.Next(circuit));
        circuit = Fail(circuit, 1);
        Assert.Equal(TimeSpan.FromSeconds(2), schedule.Next(circuit));

        var waits = new List<double>();
        var now = 100.0;
        for (circuit = Fail(circuit, now); waits.Count < 7; circuit = Fail(circuit.Probing(At(now)), now))
        {
            waits.Add(schedule.Next(circuit).TotalSeconds);
            now += waits[^1];
            Assert.True(circuit.AllowsProbe(At(now)));
        }

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], waits);
        Assert.Equal(TimeSpan.FromSeconds(30), schedule.Next(circuit.Probing(At(1000)).Succeeded(At(1000))));
    }

    [Fact]
    public void An_interval_shorter_than_the_first_wait_is_kept() =>
        Assert.Equal(
            TimeSpan.FromMilliseconds(100),
            new ProbeSchedule(TimeSpan.FromMilliseconds(100)).Next(Fail(Circuit.New, 0)));
}
