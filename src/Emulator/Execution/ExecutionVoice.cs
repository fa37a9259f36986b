using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Images.Jpeg;
using AkkaComfy.Emulator.Sockets;

namespace AkkaComfy.Emulator.Execution;

/// <summary>
/// What one execution says, and to whom: to its client, or where it has none, some things to everyone and the rest to
/// nobody. What is noted also goes into history.
/// </summary>
internal sealed class ExecutionVoice(
    SocketHub hub, ComfyVersion version, string promptId, string? audience, TimeProvider time)
{
    private const int PreviewSize = 512;

    private readonly ProgressState _progress = new(promptId);

    public JsonArray Noted { get; } = [];

    public void Note(string type, JsonObject data) => Note(type, data, evenToAll: false);

    public void NoteForAll(string type, JsonObject data) => Note(type, data, evenToAll: true);

    public void Started(string node)
    {
        _progress.Start(node);
        SendProgress();
        if (audience is null)
        {
            return;
        }

        hub.At(node);
        hub.Send("executing", About(node), audience);
    }

    public void Executed(string node, JsonNode? shown)
    {
        if (audience is null)
        {
            return;
        }

        var data = About(node);
        data.Insert(data.Count - 1, "output", shown?.DeepClone());
        hub.Send("executed", data, audience);
    }

    public void Finished(string node)
    {
        _progress.Finish(node);
        SendProgress();
    }

    public void Progressed(string node, int value, int max, Picture? preview)
    {
        _progress.Update(node, value, max);
        SendProgress();
        var jpeg = preview is null ? null : JpegWriter.Write(Thumbnail(preview));
        var modern = hub.WantsPreviewMetadata(audience);
        if (jpeg is not null && modern)
        {
            hub.Send(Frames.Preview(jpeg, node, promptId), audience);
        }

        var data = new JsonObject { ["value"] = value, ["max"] = max };
        if (version.ProgressNamesPrompt)
        {
            data["prompt_id"] = promptId;
            data["node"] = audience is not null || version.NamesNodesToAll ? node : null;
        }

        hub.Send("progress", data, audience);
        if (jpeg is not null && !modern)
        {
            hub.Send(Frames.Preview(jpeg), audience);
        }
    }

    private void Note(string type, JsonObject data, bool evenToAll)
    {
        data.Insert(0, "prompt_id", promptId);
        if (version.StampsTimes)
        {
            data["timestamp"] = time.GetUtcNow().ToUnixTimeMilliseconds();
        }

        if (audience is not null || evenToAll)
        {
            hub.Send(type, data, audience);
        }

        Noted.Add(new JsonArray(type, data));
    }

    private JsonObject About(string node)
    {
        var data = new JsonObject { ["node"] = node };
        if (version.NamesDisplayNodes)
        {
            data["display_node"] = node;
        }

        data["prompt_id"] = promptId;
        return data;
    }

    private void SendProgress()
    {
        if (version.ReportsProgressState)
        {
            hub.Send("progress_state", _progress.ToJson(), audience);
        }
    }

    private static Picture Thumbnail(Picture picture)
    {
        var largest = Math.Max(picture.Width, picture.Height);
        return largest <= PreviewSize
            ? picture
            : Resampler.Resize(picture, Shrunk(picture.Width), Shrunk(picture.Height), Resampling.Bilinear);

        int Shrunk(int length) => Math.Max(1, length * PreviewSize / largest);
    }
}
