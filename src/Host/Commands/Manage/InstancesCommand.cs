using System.CommandLine;
using System.Text.Json;
using AkkaComfy.Host.Commands.Arguments;
using AkkaComfy.Host.Commands.Client;
using AkkaComfy.Host.Commands.Output;

namespace AkkaComfy.Host.Commands.Manage;

/// <summary>The fleet of a running service: listed, shown, drained, used again.</summary>
internal static class InstancesCommand
{
    public static Command Create(ServiceOptions service)
    {
        var instances = List(service, "instances", "List the ComfyUI instances; or show, drain or resume one");
        instances.Add(List(service, "list", "List the ComfyUI instances"));
        instances.Add(One(service, "show", "Show everything about an instance", Show,
            (client, path, aborted) => client.GetAsync(path, aborted)));
        instances.Add(One(service, "drain", "Let an instance finish what it runs and give it nothing new", SayState,
            (client, path, aborted) => client.PostAsync($"{path}/drain", aborted)));
        instances.Add(One(service, "resume", "Give a drained instance work again", SayState,
            (client, path, aborted) => client.PostAsync($"{path}/resume", aborted)));
        return instances;
    }

    private static AskCommand List(ServiceOptions service, string name, string description) => new(
        service, name, description,
        (_, with) => with.Client.GetAsync("api/instances", with.Asked),
        (screen, fleet) => screen.Show(InstanceSheets.List(fleet)));

    private static AskCommand One(
        ServiceOptions service, string name, string description, Action<Screen, JsonElement> show,
        Func<ServiceClient, string, CancellationToken, Task<JsonElement>> ask)
    {
        var id = new Argument<string>("id") { Description = "The instance's id or host" };
        return new AskCommand(
            service, name, description,
            (parsed, with) => ask(
                with.Client, $"api/instances/{ServiceClient.Escaped(parsed.GetRequiredValue(id))}", with.Asked),
            show).With(id);
    }

    private static void Show(Screen screen, JsonElement instance)
    {
        screen.Show(InstanceSheets.Facts(instance));
        screen.ShowUnlessEmpty(InstanceSheets.Circuit(instance));
    }

    private static void SayState(Screen screen, JsonElement instance) => screen.Say(
        $"{instance.Text("id")} is {instance.Text("state")}, with {instance.Integer("active_jobs")} active jobs.");
}
