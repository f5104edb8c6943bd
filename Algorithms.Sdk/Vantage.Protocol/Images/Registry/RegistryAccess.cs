using System.Net;
using Vantage.Protocol.Tls;

namespace Vantage.Protocol.Images.Registry;

/// <summary>How one registry is spoken to. Nothing of it is ever used for another host.</summary>
public sealed record RegistryAccess
{
    /// <summary>The registry, with its port where that is not the scheme's own.</summary>
    public required string Host { get; init; }

    /// <summary>Shown to the registry, and to its token service, when they ask.</summary>
    public NetworkCredential? Credential { get; init; }

    /// <summary>
    /// Another host that gives out this registry's tokens, named by the one who trusts it with the credential. Without it
    /// only the registry itself is asked.
    /// </summary>
    public string? TokenHost { get; init; }

    /// <summary>Further authorities for TLS.</summary>
    public FurtherAuthorities? Authorities { get; init; }

    /// <summary>Plain http; only for a registry on this machine.</summary>
    public bool Insecure { get; init; }

    /// <summary>The way out of the site.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>For one request, its answer included. Uploads are not bound by it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    internal bool IsLoopback => ImageRepository.IsLoopbackHost(Host.Split(':')[0]);

    internal Uri Base => Insecure && !IsLoopback
        ? throw new InvalidOperationException($"{Host} is not this machine: plain http would let anyone on the way change what is read.")
        : new Uri($"{(Insecure ? "http" : "https")}://{Host}/");
}
