using System.Net;
using Vantage.Coordinator.Access.Permissions;

namespace Vantage.Coordinator.Access;

/// <summary>What a credential narrows beyond its owner's rights. Null narrows nothing.</summary>
internal sealed record TokenTerms(IReadOnlyList<IPNetwork>? AllowedFrom, Rights? Scopes = null)
{
    /// <summary>Every token has so much, or its holder could not even find out what it is.</summary>
    private static readonly Rights ToSeeOneself = Rights.Of(
        [new(new(Resource.User, Operation.View), Scope.Own), new(new(Resource.Token, Operation.View), Scope.Own)]);

    public static TokenTerms Unlimited { get; } = new(AllowedFrom: null);

    public static TokenTerms Of(string[]? networks, string[]? scopes = null) => new(
        networks?.Select(IPNetwork.Parse).ToList(),
        scopes is null ? null : AccountRights.OfRules(scopes));

    /// <summary>An unknown address is nobody's.</summary>
    public bool Allow(IPAddress? address) =>
        AllowedFrom is not { } networks
        || (address is not null && networks.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)));

    /// <summary>What is left of the owner's rights.</summary>
    public Rights Narrow(Rights owner) => Scopes is { } scopes ? owner.Within(scopes.And(ToSeeOneself)) : owner;
}
