using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.Charters;

/// <summary>What the commands have in common: read what there is, judge it, sign, hand in.</summary>
internal static class CharterDesk
{
    /// <summary>The charter as far as it holds, judged here but not followed; null if there is none.</summary>
    public static async Task<CharterLine?> HoldsAsync(Invocation call, CollaborationId id, CancellationToken cancellationToken)
    {
        var versions = new List<SignedCharter>();
        while (await call.Client.Collaborations.ReadChartersAsync(id, versions.Count, cancellationToken) is { Versions: [_, ..] page })
        {
            versions.AddRange(page);
        }

        return versions.Count == 0 ? null : Judge(() => CharterLine.Replay(versions, call.Console.Time.GetUtcNow()));
    }

    /// <summary>The proposal that is meant: the only one, or the one whose digest was given.</summary>
    public static async Task<SignedCharter> ProposalAsync(
        Invocation call, CollaborationId id, string? digest, CancellationToken cancellationToken)
    {
        var open = (await call.Client.Collaborations.ReadChartersAsync(id, 0, cancellationToken)).Proposals;
        var meant = digest is null ? open : [.. open.Where(p => CharterWords.Matches(digest, Read(p.Text)))];
        return meant switch
        {
            [var one] => one,
            [] => throw new VantageException(ErrorCodes.NotFound,
                digest is null ? "No version of the charter waits for consents." : "No proposal has this fingerprint.",
                $"See: vantage charter show {id}"),
            _ => throw UsageException.Because($"{meant.Count} proposals wait for consents.",
                "Name the one that you mean with --charter and its fingerprint: vantage charter show."),
        };
    }

    public static CharterText Read(string text) => Judge(() => CharterText.Read(text));

    /// <summary>Signs with the organization's root and hands it in.</summary>
    public static async Task<CharterStanding> AgreeAsync(Invocation call, CharterText text, CancellationToken cancellationToken)
    {
        using var key = call.Home.OpenRootKey(Keys.Passphrases.Ask(call));
        var consent = CharterConsent.Sign(text, key, call.Home.ReadRoot(), call.Console.Time.GetUtcNow());
        return await call.Client.Collaborations.AgreeToCharterAsync(
            text.Content.Collaboration, new AgreeToCharter(text.Text, consent), cancellationToken);
    }

    public static void Show(Invocation call, CharterStanding standing) =>
        call.Output.Result(standing, Vantage.Protocol.Json.ProtocolJson.Default.CharterStanding, CharterWords.Fingerprint(standing.Digest), text =>
        {
            text.WriteLine($"version {standing.Serial}, {standing.Agreed.Count} agreed, {(standing.InForce ? "in force" : "not in force yet")}");
            text.WriteLine($"fingerprint {CharterWords.Fingerprint(standing.Digest)}");
            if (standing.Missing is { } missing)
            {
                text.WriteLine(missing);
            }
        });

    public static T Judge<T>(Func<T> judge)
    {
        try
        {
            return judge();
        }
        catch (TrustException e)
        {
            throw new VantageException(e.Code, e.Message, null, e);
        }
    }
}
