using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Keys;
using Vantage.Client.Errors;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Identities;

namespace Vantage.Cli.Charters;

/// <summary>
/// Whoever signs a charter lets all of the organization's nodes believe its members' roots. So each root that nobody here
/// has compared yet, by a pin or in a version that holds, is compared with its owner first.
/// </summary>
internal static class Newcomers
{
    public static readonly Option<string[]> Partners = new("--partner")
    {
        Description = "A new member with the fingerprint of its root, as its own admin told you; one for each.",
        HelpName = "ORGANIZATION=HEX",
    };

    public static void Compare(Invocation call, CharterText text, CharterLine? holds)
    {
        var now = call.Console.Time.GetUtcNow();
        var pinned = call.Home.HasPins ? call.Home.ReadPins(now).Roots : [];
        // What holds was judged by consents alone; only a charter that this organization joined counts as compared.
        var compared = holds is not null && holds.Head.Text.Roots.Any(root => root.Certificate.Hash == call.Home.ReadRoot().Hash)
            ? holds.Head.Text.Roots : [];
        var known = pinned.Concat(compared).Select(root => root.Certificate.Hash).Append(call.Home.ReadRoot().Hash).ToHashSet();
        var given = Given(call);
        foreach (var root in text.Roots.Where(root => !known.Contains(root.Certificate.Hash)))
        {
            Compare(call, root, given.GetValueOrDefault(root.Organization.ToString()) ?? given.GetValueOrDefault(root.Name));
        }
    }

    private static void Compare(Invocation call, PinnedRoot root, string? typed)
    {
        var whose = $"the root of {root.Name} ({root.Organization})";
        var shown = Fingerprint.Of(root.Certificate.KeyId);
        if (typed is null && !call.Console.InIsTerminal)
        {
            throw UsageException.Because($"{whose} has to be compared by a person before it is believed.",
                $"Get the fingerprint from its admin, and add --partner {root.Organization}=HEX.");
        }

        if (typed is null)
        {
            Comparison.Ask(call, whose, shown, "its admin ('vantage keys fingerprint' shows it)");
        }
        else if (!Fingerprint.Matches(typed, root.Certificate.KeyId))
        {
            throw new VantageException(ClientErrorCodes.FingerprintMismatch,
                $"The key at hand is not the one that was named: {whose} has the fingerprint {shown} here. Nothing was signed.",
                "Ask its admin again. If theirs really differs, somebody swapped the key on the way: do not go on.");
        }
    }

    private static Dictionary<string, string> Given(Invocation call)
    {
        var given = new Dictionary<string, string>();
        foreach (var text in call.Value(Partners) ?? [])
        {
            given[text.Split('=', 2) is [{ Length: > 0 } name, { Length: > 0 } typed]
                ? name
                : throw UsageException.Because($"--partner {text} does not name an organization and a fingerprint.",
                    "Write --partner ORGANIZATION=HEX.")] = text.Split('=', 2)[1];
        }

        return given;
    }
}
