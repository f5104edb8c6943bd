using Vantage.Cli.CommandLine;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Statements;

namespace Vantage.Cli.Keys;

/// <summary>Writes the organization's next pin statement.</summary>
internal static class PinStatements
{
    public static Pins Write(Invocation call, SigningKey rootKey, Certificate root, IReadOnlyList<PinnedRoot> roots)
    {
        var now = call.Console.Time.GetUtcNow();
        var serial = call.Home.HasPins ? call.Home.ReadPins(now).Statement.Serial + 1 : 1;
        var statement = new PinStatement
        {
            V = 1,
            Issuer = root.Identity.Organization,
            Serial = serial,
            IssuedAt = now,
            Roots = [.. roots.Select(r => new PinnedRootEntry(r.Organization, r.Name, r.Certificate.Der.ToArray()))],
        };
        return call.Home.InstallPins(Pins.Sign(statement, rootKey, root), now);
    }
}
