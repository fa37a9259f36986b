using System.Net;
using System.Text;

namespace AkkaComfy.Emulator.Tests.Faults;

/// <summary>A request body that says when it has been handed to the network.</summary>
internal sealed class SignallingContent(string json, TaskCompletionSource sent) : HttpContent
{
    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(json);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(_bytes);
        await stream.FlushAsync();
        sent.TrySetResult();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
