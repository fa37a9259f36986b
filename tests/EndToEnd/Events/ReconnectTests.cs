using System.Globalization;
using AkkaComfy.EndToEnd.Crashes;
using AkkaComfy.Host.Tests.Service;

namespace AkkaComfy.EndToEnd.Events;

public sealed class ReconnectTests
{
    [Fact]
    public async Task A_listener_whose_service_was_killed_goes_on_where_it_was_with_the_next_one()
    {
        await using var service = await MortalService.WithInstancesAsync(nodeMilliseconds: 3000);
        await service.StartAsync();
        await service.AnsweringAsync();
        using var form = Paintings.Form(1);
        using var accepted = await service.Http.PostAsync(new Uri("/api/async/upscale-image", UriKind.Relative), form);
        var path = (string)(await Fleet.JsonOf(accepted))["events_url"]!;
        string known;
        await using (var stream = await EventListener.OpenAsync(service.Http, path))
        {
            known = (await stream.UntilAsync(heard => heard.Event == "progress"))[^1].Id;
            await service.KillInAsync(TimeSpan.Zero);
        }

        await service.StartAsync();
        await service.AnsweringAsync();
        await using var next = await EventListener.OpenAsync(service.Http, path, known);
        var rest = await next.RestAsync();

        Assert.Equal("completed", rest[^1].Event);
        Assert.All(
            rest.Where(heard => heard.Event != "progress"), heard => Assert.True(Number(heard.Id) > Number(known)));
    }

    private static int Number(string id) => int.Parse(id, CultureInfo.InvariantCulture);
}
