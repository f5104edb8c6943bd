using Vantage.Cli.Printing;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Statements;

namespace Vantage.Cli.Keys.Revoking;

/// <summary>A list of revoked keys, as people read it.</summary>
internal sealed record RevokedKeysView(OrganizationId Organization, long Serial, DateTimeOffset IssuedAt,
    DateTimeOffset ValidUntil, IReadOnlyList<RevokedKeyView> Revoked)
{
    public static RevokedKeysView Of(KeyRevocationStatement list) => new(list.Issuer, list.Serial, list.IssuedAt, list.NotAfter,
        [.. list.Principals.Select(p => new RevokedKeyView(p.Principal, p.Since, p.Reason)),
            .. list.Keys.Select(k => new RevokedKeyView(k.Key.ToString(), k.Since, k.Reason))]);

    public void Write(TextWriter text)
    {
        text.WriteLine($"{Organization}, serial {Serial}, holds until {Details.Time(ValidUntil)}: {Revoked.Count} revoked");
        foreach (var entry in Revoked)
        {
            text.WriteLine($"  {entry.What} since {Details.Time(entry.Since)}: {Listing.OneLine(entry.Reason)}");
        }
    }
}

/// <param name="What">A person's or node's id, or a key's.</param>
internal sealed record RevokedKeyView(string What, DateTimeOffset Since, string Reason);

internal sealed record RevokedKeysViews(IReadOnlyList<RevokedKeysView> Lists);
