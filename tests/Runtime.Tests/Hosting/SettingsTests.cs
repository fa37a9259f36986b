using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;

namespace AkkaComfy.Runtime.Tests.Hosting;

public sealed class SettingsTests
{
    private static async Task<Config> Settings(Action<AkkaConfigurationBuilder> configure)
    {
        using var host = await HostedSystem.Start(configure);
        var config = host.System().Settings.Config;
        await host.StopAsync();
        return config;
    }

    [Fact]
    public async Task Prepended_settings_win()
    {
        var config = await Settings(builder => builder
            .AddHocon("x { a = 1, b = 1 }", HoconAddMode.Append)
            .AddHocon("x { b = 2, c = 2 }", HoconAddMode.Prepend));

        Assert.Equal((1, 2, 2), (config.GetInt("x.a"), config.GetInt("x.b"), config.GetInt("x.c")));
    }

    [Fact]
    public async Task Appended_settings_fill_gaps()
    {
        var config = await Settings(builder => builder
            .AddHocon("x { a = 1, b = 1 }", HoconAddMode.Append)
            .AddHocon("x { b = 2, c = 2 }", HoconAddMode.Append));

        Assert.Equal((1, 1, 2), (config.GetInt("x.a"), config.GetInt("x.b"), config.GetInt("x.c")));
    }

    [Fact]
    public async Task Replacing_settings_leave_nothing_of_the_others()
    {
        var config = await Settings(builder => builder
            .AddHocon("x { a = 1 }", HoconAddMode.Append)
            .AddHocon("y = 1\n" + HostedSystem.Quiet, HoconAddMode.Replace));

        Assert.False(config.HasPath("x.a"));
        Assert.Equal(1, config.GetInt("y"));
    }

    [Fact]
    public async Task Settings_come_from_files_too()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "x { a = 7 }");

            var config = await Settings(builder => builder.AddHoconFile(file, HoconAddMode.Prepend));

            Assert.Equal(7, config.GetInt("x.a"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task What_is_not_set_stays_as_the_reference_has_it()
    {
        var config = await Settings(_ => { });

        Assert.Equal(
            TimeSpan.FromSeconds(5), config.GetTimeSpan("akka.coordinated-shutdown.default-phase-timeout"));
    }

    [Fact]
    public async Task The_ask_timeout_can_be_set()
    {
        using var host = await HostedSystem.Start(
            builder => builder.AddHocon("akka.actor.ask-timeout = 100ms", HoconAddMode.Prepend));
        var silent = host.System().ActorOf(Props.Create(() => new Silent()));

        await Assert.ThrowsAsync<AskTimeoutException>(() => silent.Ask<string>("anyone?"));

        await host.StopAsync();
    }

    private sealed class Silent : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }
}
