using System.Text.Json;
using AkkaComfy.Host.Commands.Client;
using AkkaComfy.Host.Commands.Output;

namespace AkkaComfy.Host.Commands.Watch;

/// <summary>Writes events as they come, one a line; a stream that breaks off is taken up where it broke.</summary>
internal sealed class EventLog(Conversation with, Patience patience, TimeProvider time)
{
    /// <summary>Before a stream that the service ended is asked for again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <returns>The exit code: that of the one job, once it has ended.</returns>
    public async Task<int> WriteAsync(string path, bool isOfOneJob)
    {
        string? last = null;
        var outage = patience.Of(time);
        var isReached = false;
        while (true)
        {
            try
            {
                await foreach (var item in with.Client.ListenAsync(path, last, with.Asked))
                {
                    (isReached, outage, last) = (true, patience.Of(time), item.EventId ?? last);
                    Write(item.EventType, item.Data);
                    if (isOfOneJob && item.EventType is ("completed" or "failed" or "cancelled"))
                    {
                        return item.EventType is "completed" ? ExitCodes.Success : ExitCodes.Failure;
                    }
                }

                isReached = true;
                await Task.Delay(Pause, time, with.Asked);
            }
            catch (OutOfReachException gone) when (isReached)
            {
                await outage.WaitAsync(null, gone, with.Asked);
            }
            catch (RefusedException busy) when (isReached && busy.IsPassing)
            {
                await outage.WaitAsync(busy.RetryAfter, busy, with.Asked);
            }
        }
    }

    private void Write(string name, string data)
    {
        using var document = Read(data);
        if (with.Screen.IsJson)
        {
            with.Screen.Document(new EventLine(name, document.RootElement), CommandJson.Plain.EventLine);
        }
        else
        {
            with.Screen.Say(EventWords.Of(name, document.RootElement));
        }
    }

    private JsonDocument Read(string data)
    {
        try
        {
            return JsonDocument.Parse(data);
        }
        catch (JsonException)
        {
            throw CommandException.NoService("an event of it is no JSON");
        }
    }
}
