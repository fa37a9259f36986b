using System.CommandLine;
using AkkaComfy.Host.Commands.Arguments;
using AkkaComfy.Host.Commands.Client;

namespace AkkaComfy.Host.Commands.Run;

/// <summary>Sends files through a workflow of a running service and saves what comes out.</summary>
internal sealed class RunCommand : ServiceCommand
{
    private const int DefaultJobs = 4;
    private const int DefaultPatience = 120;

    private readonly Argument<string> _workflow =
        new("workflow") { Description = "Its name: 'akkacomfy workflow list'" };

    private readonly Argument<string[]> _files = new("file")
    {
        Arity = ArgumentArity.ZeroOrMore, Description = "Images: each makes a job of its own",
    };

    private readonly Option<string[]> _parameters = new("--param", "-p")
    {
        HelpName = "key=value",
        Description = "Sets an input of the workflow; for an image or a mask the value is a file. May be repeated",
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = "dir", Description = "Where results go; made if it is not there", DefaultValueFactory = _ => ".",
    };

    private readonly Option<bool> _overwrite = new("--overwrite")
    {
        Description = "Replace files that are there already, instead of numbering new ones",
    };

    private readonly IntegerOption _jobs = new(
        "--jobs", 1, 64, $"How many jobs to have under way at once; default {DefaultJobs}");

    private readonly IntegerOption _retryFor = new(
        "--retry-for", 0, 86_400,
        $"For how many seconds to try again while the service is full, stopping or away; default {DefaultPatience}");

    public RunCommand(ServiceOptions service)
        : base(service, "run", "Send files through a workflow and save what comes out")
    {
        _parameters.Validators.Add(given =>
        {
            foreach (var wrong in given.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                given.AddError($"-p {wrong.Value}: expected key=value.");
            }
        });
        Add(_workflow);
        Add(_files);
        Add(_parameters);
        Add(_output);
        Add(_overwrite);
        Add(_jobs);
        Add(_retryFor);
    }

    public RunRequest Read(ParseResult parsed) => new(
        parsed.GetRequiredValue(_workflow),
        parsed.GetValue(_files) ?? [],
        [.. parsed.GetRequiredValue(_parameters).Select(Split)],
        parsed.GetRequiredValue(_output),
        parsed.GetValue(_overwrite),
        parsed.GetValue(_jobs) ?? DefaultJobs,
        new Patience(TimeSpan.FromSeconds(parsed.GetValue(_retryFor) ?? DefaultPatience)));

    protected override async Task<int> RunAsync(ParseResult parsed, Conversation with)
    {
        var request = Read(parsed);
        if (File.Exists(request.OutputDirectory))
        {
            throw CommandException.Usage($"-o {request.OutputDirectory}: expected a directory, but that is a file.");
        }

        var isTold = false;
        var workflow = await request.Patience.InsistAsync(
            () => WorkflowList.FindAsync(with.Client, request.Workflow, with.Asked),
            away =>
            {
                if (!isTold && request.Patience.AtMost > TimeSpan.Zero)
                {
                    isTold = true;
                    with.Screen.Complain($"{away.Message} Trying again for {request.Patience.AtMost.TotalSeconds:0} s.");
                }
            },
            TimeProvider.System, with.Asked);
        var items = RunPlan.Of(workflow, request.Files, request.Parameters);
        CheckFiles(items);
        var runner = new JobRunner(
            with.Client, new OutputFiles(request.OutputDirectory, request.Overwrite), request.Patience,
            with.Interruption, TimeProvider.System);
        var shown = new RunScreen(with.Screen);
        await shown.FollowAsync(items, request.Jobs, runner.RunAsync);
        shown.ShowResults(items);
        return RunScreen.ExitCodeOf(items);
    }

    private static void CheckFiles(IReadOnlyList<RunItem> items)
    {
        var missing = items.SelectMany(item => item.Images).Select(image => image.Path)
            .Where(path => !File.Exists(path)).Distinct().ToList();
        if (missing.Count > 0)
        {
            throw CommandException.Usage($"There is no file {string.Join(", ", missing.Select(path => $"'{path}'"))}.");
        }
    }

    private static (string Key, string Value) Split(string parameter)
    {
        var end = parameter.IndexOf('=', StringComparison.Ordinal);
        return (parameter[..end], parameter[(end + 1)..]);
    }
}

/// <summary>What is to be run.</summary>
internal sealed record RunRequest(
    string Workflow,
    IReadOnlyList<string> Files,
    IReadOnlyList<(string Key, string Value)> Parameters,
    string OutputDirectory,
    bool Overwrite,
    int Jobs,
    Patience Patience);
