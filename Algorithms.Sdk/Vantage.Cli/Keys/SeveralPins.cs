using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Identities;

namespace Vantage.Cli.Keys;

/// <summary>
/// Pins a whole list of partners with one new statement: all of them, or none if a single fingerprint differs.
/// </summary>
internal static class SeveralPins
{
    public static async Task<List<PinnedRoot>> AddAsync(Invocation call, IReadOnlyList<string> partners, List<PinnedRoot> roots,
        CancellationToken cancellationToken)
    {
        foreach (var text in partners)
        {
            if (text.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } typed])
            {
                throw UsageException.Because($"--partner {text} does not name an organization and a fingerprint.",
                    "Write --partner ORGANIZATION=HEX.");
            }

            var organization = await call.Client.Organizations.GetAsync(
                await Lookup.OrganizationAsync(call.Client, name, cancellationToken), cancellationToken);
            var root = PinCommand.Read(null, organization);
            if (!Fingerprint.Matches(typed, root.KeyId))
            {
                throw new VantageException(ClientErrorCodes.FingerprintMismatch,
                    $"The key at hand is not the one that was named: the root of {organization.Name} has the fingerprint "
                    + $"{Fingerprint.Of(root.KeyId)} here. Nobody was pinned.",
                    "Ask its admin again. If theirs really differs, somebody swapped the key on the way: do not go on.");
            }

            if (roots.TrueForAll(r => r.Certificate.Hash != root.Hash))
            {
                roots.Add(PinCommand.Pin(organization, root));
            }
        }

        return roots;
    }
}
