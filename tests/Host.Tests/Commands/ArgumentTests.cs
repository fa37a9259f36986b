using System.CommandLine;
using AkkaComfy.Host.Commands;
using AkkaComfy.Host.Commands.Arguments;
using AkkaComfy.Host.Commands.Client;
using AkkaComfy.Host.Commands.Output;
using AkkaComfy.Host.Commands.Run;
using AkkaComfy.Host.Tests.Commands.Support;

namespace AkkaComfy.Host.Tests.Commands;

/// <summary>What arguments mean, and which are refused.</summary>
public sealed class ArgumentTests
{
    [Fact]
    public void No_arguments_serve_as_configured() => Assert.Equal(new ServeRequest(null, null), Serve());

    [Fact]
    public void A_port_and_emulated_instances_can_be_asked_for() => Assert.Equal(
        new ServeRequest(4000, new Emulation(3, TimeSpan.FromMilliseconds(250), 5)),
        Serve("--port", "4000", "--emulate", "3", "--node-ms", "250", "--progress-steps", "5"));

    [Fact]
    public void What_is_to_be_run_has_files_inputs_and_a_place_for_results()
    {
        var request = Run(
            "upscale", "a.png", "-p", "steps=20", "b.png", "--param", "prompt=a=b c", "-o", "out", "--jobs", "2");

        Assert.Equal("upscale", request.Workflow);
        Assert.Equal(["a.png", "b.png"], request.Files);
        Assert.Equal([("steps", "20"), ("prompt", "a=b c")], request.Parameters);
        Assert.Equal(("out", false, 2), (request.OutputDirectory, request.Overwrite, request.Jobs));
    }

    [Fact]
    public void What_is_not_said_about_a_run_has_a_default()
    {
        var request = Run("text-to-image");

        Assert.Empty(request.Files);
        Assert.Empty(request.Parameters);
        Assert.Equal((".", false, 4), (request.OutputDirectory, request.Overwrite, request.Jobs));
        Assert.Equal(new Patience(TimeSpan.FromMinutes(2)), request.Patience);
    }

    [Fact]
    public void A_file_may_begin_with_an_at_sign() => Assert.Equal(["@a.png"], Run("upscale", "@a.png").Files);

    [Theory]
    [InlineData("fly", "'fly'")]
    [InlineData("--verbose", "'--verbose'")]
    [InlineData("demo --fast", "Unknown option '--fast'")]
    [InlineData("demo --emulate 2", "Unknown option '--emulate'")]
    [InlineData("--port", "'--port'")]
    [InlineData("--port 65536", "--port 65536: expected a whole number from 0 to 65535.")]
    [InlineData("--port -1", "from 0 to 65535")]
    [InlineData("serve --emulate 0", "from 1 to 16")]
    [InlineData("--emulate two", "from 1 to 16")]
    [InlineData("--node-ms 5", "need --emulate")]
    [InlineData("--emulate 2 jobs", "Options of 'serve' do not go with 'jobs'")]
    [InlineData("run", "'run'")]
    [InlineData("run upscale a.png -p steps", "-p steps: expected key=value")]
    [InlineData("run upscale a.png -p =5", "-p =5: expected key=value")]
    [InlineData("run upscale a.png --jobs 0", "from 1 to 64")]
    [InlineData("run upscale a.png --frobnicate", "Unknown option '--frobnicate'")]
    [InlineData("jobs --status done", "'done'")]
    [InlineData("jobs --limit 501", "from 1 to 500")]
    [InlineData("jobs show", "'show'")]
    [InlineData("jobs --url ftp://host", "--url ftp://host: expected host:port, or an http or https URL")]
    [InlineData("config", "Required command")]
    public async Task What_is_not_understood_is_refused_with_the_reason_and_where_help_is(
        string arguments, string reason)
    {
        var said = await Said.ByAsync(arguments.Split(' '));

        Assert.Equal(ExitCodes.Usage, said.ExitCode);
        Assert.Contains(reason, said.Error, StringComparison.Ordinal);
        Assert.Contains("--help'.", said.Error, StringComparison.Ordinal);
        Assert.Empty(said.Out);
    }

    [Theory]
    [InlineData("--help", "workflow")]
    [InlineData("run --help", "--retry-for")]
    [InlineData("run -h", "--param")]
    [InlineData("jobs --help", "cancel")]
    public async Task Help_is_given_to_whoever_asks(string arguments, string mentioned)
    {
        var said = await Said.ByAsync(arguments.Split(' '));

        Assert.Equal(ExitCodes.Success, said.ExitCode);
        Assert.Contains(mentioned, said.Out, StringComparison.Ordinal);
        Assert.Empty(said.Error);
    }

    private static ServeRequest Serve(params string[] arguments)
    {
        var options = new ServeOptions();
        var command = new RootCommand();
        options.AddTo(command);
        return options.Read(command.Parse(arguments));
    }

    private static RunRequest Run(params string[] arguments)
    {
        var command = new RunCommand(new ServiceOptions(Terminal.OfProcess));
        return command.Read(command.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null }));
    }
}
