using Vantage.Coordinator.Access;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Accounts.Tokens;

/// <summary>What a new token may be. A token never makes a wider one than it is itself.</summary>
internal sealed class TokenLaws(TokenSettings settings)
{
    private const int MostNetworks = 50;

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

    /// <summary>The terms of a token that <paramref name="by"/> makes: what it leaves open is as there.</summary>
    public static Answer<TokenTerms> Narrow(TokenTerms by, CreateToken ask)
    {
        var asked = ask.AllowedFrom?.Select(text => Networks.TryParse(text, out var network) ? network.Value : default).Distinct().ToList();
        if (asked is null || by.AllowedFrom is not { } own)
            return new TokenTerms(asked ?? by.AllowedFrom);
        return asked.Where(network => !own.Any(outer => Networks.Within(network, outer))).ToList() is [var beyond, ..]
            ? Refusal.Forbidden($"Your own token is not good from all of {beyond}, so it can't make one that is.")
            : new TokenTerms(asked);
    }
}
