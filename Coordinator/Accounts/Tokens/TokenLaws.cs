using System.Net;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Accounts.Tokens;

/// <summary>What a new token may be. A token never makes a wider one than it is itself.</summary>
internal sealed class TokenLaws(TokenSettings settings)
{
    private const int MostNetworks = 50;
    private const int MostScopes = 200;

    public IEnumerable<(string Member, string Rule)> Check(CreateToken ask)
    {
        foreach (var broken in Names.Check("name", ask.Name))
            yield return broken;
        foreach (var broken in CheckDays(ask.Days))
            yield return broken;
        if (ask.AllowedFrom is { Count: 0 or > MostNetworks })
            yield return ("allowedFrom", $"between 1 and {MostNetworks} networks, or nothing for any address");
        if (ask.AllowedFrom?.FirstOrDefault(text => !Networks.TryParse(text, out _)) is { } odd)
            yield return ("allowedFrom", $"'{odd}' is not one of: {Networks.Rule}");
        if (ask.Scopes is { Count: 0 or > MostScopes })
            yield return ("scopes", $"between 1 and {MostScopes} rules, or nothing for all that you may");
    }

    public IEnumerable<(string Member, string Rule)> CheckDays(int days)
    {
        if (days < 1 || days > settings.LongestDays)
            yield return ("days", $"between 1 and {settings.LongestDays} (the Coordinator's setting tokens.longestDays)");
    }

    public IEnumerable<(string Member, string Rule)> Check(RotateToken ask)
    {
        if (ask.OverlapMinutes < 0 || ask.OverlapMinutes > settings.LongestOverlap.TotalMinutes)
            yield return ("overlapMinutes", $"between 0 and {settings.LongestOverlap.TotalMinutes:0} (the Coordinator's setting tokens.longestOverlap)");
        foreach (var broken in ask.Days is { } days ? CheckDays(days) : [])
            yield return broken;
    }

    /// <summary>The terms of a token that <paramref name="caller"/> makes: what it leaves open is as their own credential's.</summary>
    /// <param name="caller">Who makes it.</param>
    /// <param name="held">What its owner may do, and the caller as well.</param>
    /// <param name="ask">What is asked for.</param>
    public static Answer<TokenTerms> Narrow(UserCaller caller, Rights held, CreateToken ask)
    {
        var networks = ask.AllowedFrom?.Select(text => Networks.TryParse(text, out var network) ? network.Value : default).Distinct().ToList();
        if (networks is not null && Beyond(caller.Terms, networks) is { } beyond)
            return Refusal.Forbidden($"Your own token is not good from all of {beyond}, so it can't make one that is.");
        if (ask.Scopes is null)
            return caller.Terms with { AllowedFrom = networks ?? caller.Terms.AllowedFrom };
        var scopes = TokenScopes.Read(ask.Scopes, held);
        if (scopes.Value is not { } wanted)
            return scopes.Refusal!;
        return caller.Rights.LackingFor(wanted).Concat(held.LackingFor(wanted)).Distinct().Take(5).ToList() is { Count: > 0 } lacking
            ? Refusal.Forbidden($"No token has more than who makes it and who owns it, and {string.Join(", ", lacking)} is more.")
            : new TokenTerms(networks ?? caller.Terms.AllowedFrom, wanted);
    }

    /// <summary>A successor's secret is as good as the token itself: nobody gets one of a token that is wider than theirs.</summary>
    public static Refusal? MayHold(UserCaller caller, Rights owner, TokenTerms terms) =>
        caller.Terms.AllowedFrom is not null && (terms.AllowedFrom is not { } networks || Beyond(caller.Terms, networks) is not null)
            ? Refusal.Forbidden("This token is good from more places than the one that you came with.")
        : !caller.Rights.Covers(terms.Narrow(owner))
            ? Refusal.Forbidden("This token may do more than the one that you came with.")
        : null;

    private static IPNetwork? Beyond(TokenTerms by, IEnumerable<IPNetwork> networks) => by.AllowedFrom is not { } own
        ? null
        : networks.Where(network => !own.Any(outer => Networks.Within(network, outer))).Select(network => (IPNetwork?)network).FirstOrDefault();
}
