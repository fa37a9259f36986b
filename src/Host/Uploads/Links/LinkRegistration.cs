using AkkaComfy.Host.Settings;

namespace AkkaComfy.Host.Uploads.Links;

/// <summary>What fetching images takes.</summary>
internal static class LinkRegistration
{
    public static IServiceCollection AddLinks(this IServiceCollection services, LinkRules rules) => services
        .AddSingleton(rules)
        .AddSingleton(LinkTimes.Default)
        .AddSingleton<IAddressCheck>(new PublicOnly(PublicOnly.OfInterfaces))
        .AddSingleton<LinkTransport>()
        .AddSingleton<LinkFetcher>();
}
