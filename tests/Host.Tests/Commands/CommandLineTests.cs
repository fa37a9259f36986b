using AkkaComfy.Host.Commands;

namespace AkkaComfy.Host.Tests.Commands;

public class CommandLineTests
{
    [Fact]
    public void No_arguments_serve_as_configured() => Assert.Equal(new CommandLine.Serve(null, null), Parse());

    [Fact]
    public void A_port_and_emulated_instances_can_be_asked_for() => Assert.Equal(
        new CommandLine.Serve(4000, new Emulation(3, TimeSpan.FromMilliseconds(250), 5)),
        Parse("--port", "4000", "--emulate", "3", "--node-ms", "250", "--progress-steps", "5"));

    [Fact]
    public void The_demo_takes_images_and_the_emulator_s_options()
    {
        var demo = Assert.IsType<CommandLine.Demo>(Parse("demo", "a.png", "--node-ms", "0", "b.jpg"));

        Assert.Equal(["a.png", "b.jpg"], demo.Images.AsEnumerable());
        Assert.Equal((2, TimeSpan.Zero), (demo.Emulation.Instances, demo.Emulation.NodeTime));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("demo -h")]
    public void Help_is_given(string arguments) => Assert.IsType<CommandLine.Help>(Parse(arguments.Split(' ')));

    [Theory]
    [InlineData("serve", "Unknown argument 'serve'")]
    [InlineData("--verbose", "Unknown argument '--verbose'")]
    [InlineData("demo --fast", "Unknown argument '--fast'")]
    [InlineData("--port", "from 0 to 65535")]
    [InlineData("--port 65536", "from 0 to 65535")]
    [InlineData("--port -1", "from 0 to 65535")]
    [InlineData("--emulate 0", "from 1 to 16")]
    [InlineData("--emulate two", "from 1 to 16")]
    [InlineData("--node-ms 5", "need --emulate")]
    [InlineData("demo --emulate 2", "does not go with demo")]
    public void What_is_not_understood_is_refused_with_the_reason(string arguments, string reason)
    {
        var wrong = Assert.IsType<CommandLine.Wrong>(Parse(arguments.Split(' ')));

        Assert.Contains(reason, wrong.Reason, StringComparison.Ordinal);
    }

    private static CommandLine Parse(params string[] arguments) => CommandLine.Parse(arguments);
}
