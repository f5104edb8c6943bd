using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Keys;

namespace Vantage.Cli.Charters;

/// <summary>
/// <c>vantage charter join</c>: the one thing that a new partner does. Its admin compares one fingerprint, that of the
/// charter, with whoever proposed it; all the members' roots are in what it covers.
/// </summary>
internal static class JoinCommand
{
    public static Command Build(CliConsole console)
    {
        var which = new Argument<string>("collaboration") { Description = "The id that the members told you." };
        var fingerprint = new Option<string?>("--charter")
        {
            Description = "The charter's fingerprint as a member's admin told it to you, by telephone or in person.",
            HelpName = "HEX",
        };
        return new Command("join", "Agree to a charter that names your organization as a new member (its admin).")
            .With(which, fingerprint, Passphrases.File).Does(console, async (call, cancellationToken) =>
            {
                var id = await Lookup.CollaborationAsync(call.Client, call.Required(which), cancellationToken);
                var text = CharterDesk.Read((await CharterDesk.ProposalAsync(call, id, call.Value(fingerprint), cancellationToken)).Text);
                Comparison.Require(call, fingerprint, $"version {text.Content.Serial} of the charter", CharterWords.Fingerprint(text.Digest),
                    typed => CharterWords.Matches(typed, text), "an admin of a member ('vantage charter show' shows it)");
                CharterDesk.Show(call, await CharterDesk.AgreeAsync(call, text, cancellationToken));
            });
    }
}
