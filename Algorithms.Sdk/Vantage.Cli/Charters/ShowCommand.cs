using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.Charters;

/// <summary><c>vantage charter show</c>: what holds, judged here, and what waits for consents.</summary>
internal static class ShowCommand
{
    public static Argument<string> Which() => new("collaboration") { Description = "Id or name." };

    public static Command Build(CliConsole console)
    {
        var which = Which();
        return new Command("show", "The charter that holds, and the versions that wait for consents.").With(which)
            .Does(console, async (call, cancellationToken) =>
            {
                var id = await Lookup.CollaborationAsync(call.Client, call.Required(which), cancellationToken);
                var holds = await CharterDesk.HoldsAsync(call, id, cancellationToken);
                var open = (await call.Client.Collaborations.ReadChartersAsync(id, long.MaxValue, cancellationToken)).Proposals
                    .Select(proposal => CharterDesk.Read(proposal.Text)).ToList();
                var view = new CharterView(id, holds?.Head.Text.Content, Fingerprint(holds?.Head.Text),
                    [.. open.Select(text => new ProposedCharter(text.Content, Fingerprint(text)!, CharterWords.Changes(holds?.Head.Text, text)))]);
                call.Output.Result(view, CliJson.Default.CharterView, Fingerprint(holds?.Head.Text) ?? "", text =>
                {
                    if (holds is not null)
                    {
                        CharterWords.Write(text, holds.Head.Text);
                    }
                    else
                    {
                        text.WriteLine("There is no charter yet.");
                    }

                    foreach (var proposal in view.Proposed)
                    {
                        text.WriteLine($"proposed: version {proposal.Charter.Serial}, fingerprint {proposal.Fingerprint}");
                        foreach (var change in proposal.Changes)
                        {
                            text.WriteLine($"  {change}");
                        }
                    }
                });
            });
    }

    private static string? Fingerprint(CharterText? text) => text is null ? null : CharterWords.Fingerprint(text.Digest);
}

internal sealed record CharterView(CollaborationId Collaboration, Charter? Charter, string? Fingerprint, IReadOnlyList<ProposedCharter> Proposed);

internal sealed record ProposedCharter(Charter Charter, string Fingerprint, IReadOnlyList<string> Changes);
