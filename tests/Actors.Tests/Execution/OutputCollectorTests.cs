using AkkaComfy.Actors.Execution;
using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.ComfyUI;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Tests.Execution;

/// <summary>What of a finished prompt ends up in the blob store.</summary>
public sealed class OutputCollectorTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("akkacomfy-outputs-");

    [Fact]
    public async Task Outputs_of_every_kind_are_collected_in_order()
    {
        using var collected = await CollectAsync(
            Output("3", "images", [new OutputFile("a.png", "", "output"), new OutputFile("b.png", "s", "output")]),
            Output("3", "animated", []),
            Output("3", "gifs",
            [
                new OutputFile("c.mp4", "", "output") { Format = "video/h264-mp4" },
                new OutputFile("d.mkv", "", "output") { Format = "video/x-matroska" },
            ]),
            Output("3", "text", [], "hello", "again"));

        Assert.Equal(
            [
                (0, "images", "a.png", "image/png"), (1, "images", "b.png", "image/png"),
                (2, "gifs", "c.mp4", "video/mp4"), (3, "gifs", "d.mkv", "video/x-matroska"),
                (4, "text", "text.txt", "text/plain; charset=utf-8"), (5, "text", "text.txt", "text/plain; charset=utf-8"),
            ],
            collected.Outputs.Select(output => (output.Index, output.Kind, output.FileName, output.Blob.MediaType)));
        Assert.Equal(6, collected.Pins.Length);
    }

    [Fact]
    public async Task Nodes_that_the_manifest_does_not_name_are_left_where_they_are()
    {
        using var collected = await CollectAsync(
            Output("2", "images", [new OutputFile("preview.png", "", "temp")]),
            Output("3", "images", [new OutputFile("a.png", "", "output")]));

        Assert.Equal("a.png", Assert.Single(collected.Outputs).FileName);
    }

    [Fact]
    public async Task A_success_without_the_output_that_was_wanted_is_a_fault()
    {
        var failed = await Assert.ThrowsAsync<ComfyException>(() => CollectAsync(
            Output("2", "images", [new OutputFile("preview.png", "", "temp")])));

        Assert.Equal((ComfyCause.NoOutputs, Blame.WorkerThisJob), (failed.Fault.Cause, failed.Fault.Blame));
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private async Task<CollectedOutputs> CollectAsync(params NodeOutput[] outputs) =>
        await OutputCollector.CollectAsync(
            new FakeComfy(), new FileBlobStore(_directory.FullName), ["3"],
            new HistoryEntry("p", HistoryOutcome.Succeeded, outputs), keepMetadata: false, CancellationToken.None);

    private static NodeOutput Output(string node, string kind, OutputFile[] files, params string[] values) =>
        new(node, node, kind, files, values);
}
