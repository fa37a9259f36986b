using System.Diagnostics.Metrics;

namespace AkkaComfy.Host.Tests.Service;

/// <summary>Counts, by the web server's own measure, the requests of one method that are being answered.</summary>
internal sealed class RequestsUnderWay : IDisposable
{
    private readonly MeterListener _listener;
    private int _count;

    public RequestsUnderWay(HttpMethod method, IMeterFactory ofService)
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "http.server.active_requests" && instrument.Meter.Scope == ofService)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>((_, change, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag.Key == "http.request.method" && (string?)tag.Value == method.Method)
                {
                    Interlocked.Add(ref _count, (int)change);
                }
            }
        });
        _listener.Start();
    }

    public int Count => Volatile.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
