using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using static AkkaComfy.Storage.Tests.StoredJobs;

namespace AkkaComfy.Storage.Tests;

/// <summary>The stored form of a job: what one version wrote, every later one reads.</summary>
public sealed class JobDocumentsTests
{
    private const string Stored = """
        {"format":1,
         "inputs":{
           "denoise":{"number":0.5},
           "imageFile":{"image":{"blob":{"id":"aa","size":3,"media_type":"image/png"},"width":4,"height":5}},
           "prompt":{"text":"a \"cat\""},
           "seed":{"integer":18446744073709551615},
           "tiled":{"flag":false}},
         "attempts":[
           {"number":1,"on":"a:8188","prompt_id":"p1","dispatched_at":"2026-01-01T00:00:00+00:00",
            "started_at":"2026-01-01T00:00:01.0000001+00:00","ended_at":"2026-01-01T00:00:02+00:00",
            "fault":{"code":"died","blame":"worker_this_job","message":"It died.","node_id":"3","node_type":"KSampler",
                     "exception_type":"E","instance":"a:8188","worker_died":true,"free_of_charge":true}},
           {"number":2,"on":"b:8188","prompt_id":"p2","dispatched_at":"2026-01-01T00:00:03+00:00"}],
         "outputs":[{"index":0,"node_id":"9","kind":"images","file_name":"x.png",
                     "blob":{"id":"bb","size":7,"media_type":"image/png"}}],
         "error":{"code":"bad","blame":"client","message":"No."},
         "cancel_requested":true,
         "is_deleted":true,
         "trace_parent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}
        """;

    private static readonly JobError Fault = new("died", Blame.WorkerThisJob, "It died.")
    {
        NodeId = "3", NodeType = "KSampler", ExceptionType = "E", Instance = Instance, WorkerDied = true,
        ChargesAttempt = false,
    };

    private static readonly Job Full = New(inputs: new Inputs(ImageOf(new BlobId("aa")).Values
        .Add("prompt", new InputValue.Text("a \"cat\""))
        .Add("seed", new InputValue.Integer(ulong.MaxValue))
        .Add("denoise", new InputValue.Number(0.5))
        .Add("tiled", new InputValue.Flag(false)))) with
    {
        Attempts =
        [
            new Attempt(
                1, Instance, new PromptId("p1"), Then, Then.AddSeconds(1).AddTicks(1), Then.AddSeconds(2), Fault),
            new Attempt(2, Other, new PromptId("p2"), Then.AddSeconds(3)),
        ],
        Outputs = [new JobOutput(0, "9", "images", "x.png", new BlobRef(new BlobId("bb"), 7, "image/png"))],
        Error = new JobError("bad", Blame.Client, "No."),
        CancelRequested = true,
        IsDeleted = true,
        TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };

    [Fact]
    public void The_first_format_is_read() => AssertSame(Full, JobDocuments.Read(Stored, Bare(Full)));

    [Fact]
    public void What_is_written_is_read_again() =>
        AssertSame(Full, JobDocuments.Read(JobDocuments.Write(Full), Bare(Full)));

    [Fact]
    public void A_new_job_takes_few_words() => Assert.Equal("""{"format":1}""", JobDocuments.Write(New()));

    [Theory]
    [InlineData("""{"format":2}""", "format 2 is unknown")]
    [InlineData("""{"format":1,"error":{"code":"x","blame":"moon","message":""}}""", "$.error.blame")]
    [InlineData("""{"format":1,"error":{"code":"x","blame":3,"message":""}}""", "$.error.blame")]
    [InlineData("""{"format":1,"surprise":true}""", "surprise")]
    [InlineData("""{"format":1,"inputs":{"x":{}}}""", "an input has no value")]
    [InlineData("""{"format":1,"attempts":[{"number":1}]}""", "missing required properties")]
    [InlineData("{", "$")]
    public void What_this_version_does_not_know_is_said(string stored, string said)
    {
        var job = New();

        var unreadable = Assert.Throws<StoreUnavailableException>(() => JobDocuments.Read(stored, job));

        Assert.Equal(StoreFault.Damaged, unreadable.Fault);
        Assert.Contains(job.Id.ToString(), unreadable.Message, StringComparison.Ordinal);
        Assert.Contains(said, unreadable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_phase_that_this_version_does_not_know_is_said()
    {
        using var file = new SqliteFile();
        var job = New();
        await file.HoldAsync(job);
        file.Execute("DROP TRIGGER group_changed; DROP TRIGGER queue_left; UPDATE jobs SET phase = 'asleep'");
        await using var store = file.Open();

        var unreadable = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => store.FindAsync(job.Id, CancellationToken.None));

        Assert.Contains($"The phase 'asleep' stored of {job.Id}", unreadable.Message, StringComparison.Ordinal);
    }

    private static Job Bare(Job job) => New() with { Id = job.Id };

    private static void AssertSame(Job expected, Job actual)
    {
        Assert.Equal(expected.Attempts.AsEnumerable(), actual.Attempts.AsEnumerable());
        Assert.Equal(expected.Outputs.AsEnumerable(), actual.Outputs.AsEnumerable());
        Assert.Equal(expected with { Attempts = [], Outputs = [] }, actual with { Attempts = [], Outputs = [] });
    }
}
