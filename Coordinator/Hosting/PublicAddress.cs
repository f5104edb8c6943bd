using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Vantage.Coordinator.Hosting;

/// <summary>The address under which clients and nodes know this Coordinator; known once it listens.</summary>
internal sealed class PublicAddress(ListenSettings settings, IServer server)
{
    private static readonly string[] Loopback = ["127.0.0.1", "localhost", "[::1]"];

    /// <summary>Without a slash at its end.</summary>
    public string Url => (settings.PublicUrl?.AbsoluteUri ?? Listening[0]).TrimEnd('/');

    /// <summary>
    /// Did somebody who names this audience mean us? Where no public address is set, this machine's names for itself count
    /// as one, since a node beside the Coordinator may use either.
    /// </summary>
    public bool IsMeantBy(string audience)
    {
        var named = audience.TrimEnd('/');
        return named == Url || (settings.PublicUrl is null && Listening.SelectMany(Names).Contains(named));
    }

    /// <summary>Does a page of this origin come from us? By the same rule, but for the path.</summary>
    public bool IsOrigin(string origin) =>
        origin == new Uri(Url).GetLeftPart(UriPartial.Authority) || (settings.PublicUrl is null && Listening.SelectMany(Names).Contains(origin));

    private IReadOnlyList<string> Listening => [.. server.Features.Get<IServerAddressesFeature>()!.Addresses];

    private static IEnumerable<string> Names(string listening)
    {
        var url = new Uri(listening);
        return ListenSettings.IsLoopback(url)
            ? Loopback.Select(host => $"{url.Scheme}://{host}:{url.Port}")
            : [listening.TrimEnd('/')];
    }
}
