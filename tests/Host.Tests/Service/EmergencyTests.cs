using Akka.Actor;
using Akka.Hosting;
using AkkaComfy.Actors.Journal;
using AkkaComfy.Actors.Supervisor;
using AkkaComfy.Host.Commands;

namespace AkkaComfy.Host.Tests.Service;

public sealed class EmergencyTests
{
    [Fact]
    public async Task A_supervisor_of_jobs_that_stopped_for_good_ends_the_service_with_a_failure()
    {
        await using var service = await RunningService.StartAsync();

        service.Actor<JobSupervisor>().Tell(Kill.Instance);

        Assert.Equal(ExitCodes.Failure, await service.ExitCodeAsync());
    }

    [Fact]
    public async Task A_journal_that_stopped_for_good_ends_the_service_with_a_failure()
    {
        await using var service = await RunningService.StartAsync();

        service.Actor<JobJournal>().Tell(PoisonPill.Instance);

        Assert.Equal(ExitCodes.Failure, await service.ExitCodeAsync());
    }

    [Fact]
    public async Task An_actor_system_that_ends_by_itself_ends_the_service_with_a_failure()
    {
        await using var service = await RunningService.StartAsync();

        await service.Actors.Terminate();

        Assert.Equal(ExitCodes.Failure, await service.ExitCodeAsync());
    }

    [Fact]
    public async Task A_service_that_is_told_to_stop_stops_with_success()
    {
        await using var service = await RunningService.StartAsync();

        await service.StopAsync();

        Assert.Equal(ExitCodes.Success, await service.ExitCodeAsync());
    }
}
