using System.Buffers;
using System.Net;
using System.Security.Authentication;
using AkkaComfy.Host.Problems;
using AkkaComfy.Host.Settings;

namespace AkkaComfy.Host.Uploads.Links;

/// <summary>Fetches the images of which an upload holds only the addresses.</summary>
internal sealed class LinkFetcher(LinkRules rules, LinkTransport transport, LinkTimes times, TimeProvider time)
    : IDisposable
{
    private const int MostRedirects = 5;
    private const int MostRequests = 16;
    private const int MostLinks = 16;
    private const int BufferSize = 64 * 1024;

    private readonly SemaphoreSlim _turns = new(MostRequests);

    /// <exception cref="UploadRefusedException">So many requests have images fetched that this one must come again.</exception>
    public async Task FetchAsync(Upload upload, UploadTools tools, CancellationToken cancellationToken)
    {
        var links = Check(upload);
        if (links.Count == 0 || upload.HasErrors)
        {
            return;
        }

        await AwaitTurnAsync(cancellationToken);
        try
        {
            await FetchAsync(links, upload, tools, cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    /// <summary>No server is at fault that was not asked yet.</summary>
    private async Task AwaitTurnAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(times.Turn, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await _turns.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UploadRefusedException(new Problem(
                StatusCodes.Status503ServiceUnavailable, "busy",
                $"Images are being fetched for {MostRequests} other requests; try again, or send the images themselves.")
            {
                RetryAfter = times.Turn,
            });
        }
    }

    private async Task FetchAsync(
        List<(string Field, Uri Address)> links, Upload upload, UploadTools tools, CancellationToken cancellationToken)
    {
        using var inAll = new CancellationTokenSource(times.InAll, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(inAll.Token, cancellationToken);
        foreach (var (field, address) in links)
        {
            try
            {
                await FetchAsync(field, address, upload, tools, either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                upload.RefuseLink(field, $"{Shown(field, address)}: it came too slowly");
            }
        }
    }

    private List<(string Field, Uri Address)> Check(Upload upload)
    {
        var good = new List<(string Field, Uri Address)>();
        foreach (var (field, text) in upload.Links)
        {
            if (!rules.Allowed)
            {
                upload.Refuse(field, $"'{field}' is an address, and none is fetched here (ALLOW_IMAGE_URLS); send the image itself");
            }
            else if (good.Count == MostLinks)
            {
                upload.Refuse(field, $"'{field}' is one address too many: a request may have {MostLinks}");
            }
            else if (!Uri.TryCreate(text, UriKind.Absolute, out var address))
            {
                upload.Refuse(field, $"'{field}' is an address that cannot be read");
            }
            else if (WhatIsWrongWith(address) is { } problem)
            {
                upload.Refuse(field, $"{Shown(field, address)}: {problem}");
            }
            else
            {
                good.Add((field, address));
            }
        }

        return good;
    }

    /// <summary>Asked of every address, that of a redirect too.</summary>
    private string? WhatIsWrongWith(Uri address) => HostOf(address) switch
    {
        _ when address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps =>
            "only http and https are fetched",
        _ when address.UserInfo.Length > 0 => "an address with a user name or password is not fetched",
        null => "the name of its host cannot be read",
        { } host when !rules.Allow(host) => $"the host '{host}' is not allowed here (ALLOW_IMAGE_URLS)",
        _ => null,
    };

    /// <returns>Null for a name that has no form in which a name server could be asked for it.</returns>
    private static string? HostOf(Uri address)
    {
        try
        {
            return address.IdnHost;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    private async Task FetchAsync(
        string field, Uri first, Upload upload, UploadTools tools, CancellationToken cancellationToken)
    {
        var address = first;
        try
        {
            for (var hop = 0; hop <= MostRedirects; hop++)
            {
                using var response = await transport.GetAsync(address, cancellationToken);
                if (LeadsTo(response) is not { } location)
                {
                    await ReadAsync(field, first, response, upload, tools, cancellationToken);
                    return;
                }

                var problem = Uri.TryCreate(address, location, out var next)
                    ? WhatIsWrongWith(next)
                    : "to an address that cannot be read";
                if (problem is not null)
                {
                    upload.RefuseLink(field, $"{Shown(field, first)} leads elsewhere: {problem}");
                    return;
                }

                address = next!;
            }

            upload.RefuseLink(field, $"{Shown(field, first)}: it leads on more than {MostRedirects} times");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException && failure is not BadHttpRequestException)
        {
            upload.RefuseLink(field, $"{Shown(field, first)}: {Reason(failure)}");
        }
    }

    private async Task ReadAsync(
        string field, Uri address, HttpResponseMessage response, Upload upload, UploadTools tools,
        CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            upload.RefuseLink(field, $"{Shown(field, address)}: its server answers {(int)response.StatusCode}");
            return;
        }

        await using var intake = tools.NewIntake();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var stall = new CancellationTokenSource(times.Stall, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await body.ReadAsync(buffer, either.Token) is > 0 and var read)
            {
                stall.CancelAfter(Timeout.InfiniteTimeSpan);
                tools.Meter.Count(read);
                await intake.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                stall.CancelAfter(times.Stall);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        intake.Finish(upload, field);
    }

    private static Uri? LeadsTo(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            ? response.Headers.Location
            : null;

    private static string Reason(Exception failure) => failure switch
    {
        _ when Causes(failure).OfType<ForbiddenAddressException>().FirstOrDefault() is { } forbidden => forbidden.Message,
        _ when Causes(failure).OfType<AuthenticationException>().Any() => "its certificate cannot be trusted",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its host is not known",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "its host cannot be reached",
        _ => "its server did not answer in full",
    };

    private static IEnumerable<Exception> Causes(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            yield return failure;
        }
    }

    /// <summary>Without user info, and without the query, which may hold a signature.</summary>
    private static string Shown(string field, Uri address) =>
        $"'{field}': {address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}";
}
