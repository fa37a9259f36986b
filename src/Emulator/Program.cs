using System.Runtime.InteropServices;
using AkkaComfy.Emulator;

if (!CommandLine.TryParse(args, out var options, out var answer))
{
    await Console.Error.WriteLineAsync(answer);
    return CommandLine.UsageError;
}

if (options is null)
{
    Console.WriteLine(answer);
    return 0;
}

EmulatedComfy comfy;
try
{
    comfy = await EmulatedComfy.StartAsync(options);
}
catch (Exception e) when (e is ArgumentException or IOException)
{
    await Console.Error.WriteLineAsync($"comfyui-emulator: {e.Message}");
    return 1;
}

await using (comfy)
{
    Console.WriteLine($"ComfyUI emulator, without AI models (results are imitations), at {comfy.BaseAddress}");
    var asked = new TaskCompletionSource();
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    await Task.WhenAny(asked.Task, comfy.Crashed);
    if (!comfy.Crashed.IsCompleted)
    {
        return 0;
    }

    await Console.Error.WriteLineAsync("comfyui-emulator: crashed, as a prompt told it to");
    return 1;

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        asked.TrySetResult();
    }
}
