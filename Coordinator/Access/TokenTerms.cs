using System.Net;

namespace Vantage.Coordinator.Access;

/// <summary>What a credential narrows beyond its owner's rights. Null narrows nothing.</summary>
internal sealed record TokenTerms(IReadOnlyList<IPNetwork>? AllowedFrom)
{
    public static TokenTerms Unlimited { get; } = new(AllowedFrom: null);

    public static TokenTerms Of(string[]? networks) => new(networks?.Select(IPNetwork.Parse).ToList());

    /// <summary>An unknown address is nobody's.</summary>
    public bool Allow(IPAddress? address) =>
        AllowedFrom is not { } networks
        || (address is not null && networks.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)));
}
