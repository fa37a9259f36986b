using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using AkkaComfy.Bench.Fleet;
using AkkaComfy.Emulator;
using AkkaComfy.Emulator.Execution;

// dotnet run -c Release --project bench/Fleet [-- --jobs 500 --instances 2 --slots 2 --job-ms 100 --submitters 16]
Options options;
try
{
    options = Options.Parse(args);
}
catch (FormatException wrong)
{
    await Console.Error.WriteLineAsync($"{wrong.Message}\n{Options.Usage}");
    return 2;
}

var emulators = new List<EmulatedComfy>();
try
{
    for (var i = 0; i < options.Instances; i++)
    {
        emulators.Add(await EmulatedComfy.StartAsync(new EmulatorOptions()));
    }

    await using var service = await ServiceProcess.StartAsync(
        string.Join(',', emulators.Select(emulator => emulator.BaseAddress.Authority)), options);
    var submitting = Stopwatch.StartNew();
    var jobs = await SubmitAllAsync(service.Http, options);
    submitting.Stop();
    await Task.WhenAll(jobs.Select(job => CompletedAsync(service.Http, job)));
    Report(options, submitting.Elapsed, Utilization.Of([.. emulators.Select(emulator => emulator.Ledger.Executions)]));
    return 0;
}
finally
{
    foreach (var emulator in emulators)
    {
        await emulator.DisposeAsync();
    }
}

static async Task<IReadOnlyCollection<string>> SubmitAllAsync(HttpClient http, Options options)
{
    var jobs = new string[options.Jobs];
    var limits = new ParallelOptions { MaxDegreeOfParallelism = options.Submitters };
    await Parallel.ForAsync(0, options.Jobs, limits, async (number, ct) =>
    {
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent((options.JobMilliseconds / 1000.0).ToString(CultureInfo.InvariantCulture)), "seconds");
        // Another salt for each job: none is answered from an instance's cache.
        form.Add(new StringContent(number.ToString(CultureInfo.InvariantCulture)), "salt");
        using var answer = await http.PostAsync(new Uri("/api/async/probe", UriKind.Relative), form, ct);
        var body = await answer.Content.ReadAsStringAsync(ct);
        jobs[number] = answer.StatusCode == HttpStatusCode.Accepted
            ? JsonDocument.Parse(body).RootElement.GetProperty("job_id").GetString()!
            : throw new InvalidOperationException($"submission {number} got {(int)answer.StatusCode}: {body}");
    });
    return jobs;
}

static async Task CompletedAsync(HttpClient http, string job)
{
    using var again = new PeriodicTimer(TimeSpan.FromSeconds(1));
    while (true)
    {
        using var status = JsonDocument.Parse(
            await http.GetStringAsync(new Uri($"/api/jobs/{job}/status", UriKind.Relative)));
        switch (status.RootElement.GetProperty("status").GetString())
        {
            case "completed":
                return;
            case "failed" or "cancelled":
                throw new InvalidOperationException($"job {job} did not complete: {status.RootElement}");
            default:
                await again.WaitForNextTickAsync();
                break;
        }
    }
}

static void Report(Options options, TimeSpan submitting, Utilization measured)
{
    Console.WriteLine(
        $"{options.Jobs} jobs of {options.JobMilliseconds} ms on {options.Instances} instances x {options.Slots} slots; " +
        $".NET {Environment.Version}, {Environment.ProcessorCount} cores");
    Console.WriteLine();
    Console.WriteLine("| measured by the emulators | figure |");
    Console.WriteLine("|---|---|");
    foreach (var (busy, number) in measured.Busy.Select((busy, index) => (busy, index + 1)))
    {
        Console.WriteLine($"| instance {number} busy | {busy * 100:F1} % |");
    }

    Console.WriteLine($"| first start to last end | {measured.Window.TotalSeconds:F2} s |");
    Console.WriteLine($"| jobs per second | {options.Jobs / measured.Window.TotalSeconds:F2} |");
    foreach (var (name, quantile) in new[] { ("median", 0.5), ("p95", 0.95), ("p99", 0.99), ("longest", 1.0) })
    {
        Console.WriteLine($"| gap between two jobs, {name} | {measured.Gap(quantile).TotalMilliseconds:F2} ms |");
    }

    Console.WriteLine($"| submissions per second | {options.Jobs / submitting.TotalSeconds:F0} |");
}
