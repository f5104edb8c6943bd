using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Keys;

namespace Vantage.Cli.Charters;

/// <summary>
/// <c>vantage charter sign</c>: agrees to a proposal, after showing what it changes and comparing the roots of whoever is new.
/// </summary>
internal static class SignCommand
{
    public static Option<string?> Meant() => new("--charter")
    {
        Description = "The fingerprint of the version that is meant; the only proposal by default.",
        HelpName = "HEX",
    };

    public static Command Build(CliConsole console)
    {
        var (which, meant) = (ShowCommand.Which(), Meant());
        return new Command("sign", "Agree to the open proposal (a member organization's admin).")
            .With(which, meant, Newcomers.Partners, Passphrases.File).Does(console, async (call, cancellationToken) =>
            {
                var id = await Lookup.CollaborationAsync(call.Client, call.Required(which), cancellationToken);
                var holds = await CharterDesk.HoldsAsync(call, id, cancellationToken);
                var text = CharterDesk.Read((await CharterDesk.ProposalAsync(call, id, call.Value(meant), cancellationToken)).Text);
                foreach (var change in CharterWords.Changes(holds?.Head.Text, text))
                {
                    call.Output.Say(change);
                }

                Newcomers.Compare(call, text, holds);
                CharterDesk.Show(call, await CharterDesk.AgreeAsync(call, text, cancellationToken));
            });
    }
}
