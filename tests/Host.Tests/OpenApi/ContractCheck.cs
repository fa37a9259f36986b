using System.Collections.Concurrent;
using System.Text.Json;

namespace AkkaComfy.Host.Tests.OpenApi;

/// <summary>Holds every answer that a test gets against the service's own document.</summary>
/// <param name="workflows">Where the workflows are: services with the same ones have the same document.</param>
internal sealed class ContractCheck(string workflows) : DelegatingHandler(new SocketsHttpHandler())
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<ApiContract>>> Contracts = new(StringComparer.Ordinal);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        var body = mediaType is "application/json" or "application/problem+json"
            ? await response.Content.ReadAsByteArrayAsync(cancellationToken)
            : [];
        if (mediaType is not null && request.Method != HttpMethod.Head)
        {
            var contract = await ContractAsync(request.RequestUri!);
            var broken = contract.Broken(
                request.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode, mediaType, body).ToList();
            Assert.True(broken.Count == 0, $"{request.Method} {request.RequestUri}: {string.Join("; ", broken)}");
        }

        return response;
    }

    private Task<ApiContract> ContractAsync(Uri service) => Contracts.GetOrAdd(
        workflows, _ => new Lazy<Task<ApiContract>>(() => ReadAsync(new Uri(service, "/openapi/v1.json")))).Value;

    private static async Task<ApiContract> ReadAsync(Uri address)
    {
        using var http = new HttpClient();
        using var document = JsonDocument.Parse(await http.GetByteArrayAsync(address));
        return new ApiContract(document.RootElement.Clone());
    }
}
