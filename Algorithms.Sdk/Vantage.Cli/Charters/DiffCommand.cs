using System.CommandLine;
using Vantage.Cli.CommandLine;

namespace Vantage.Cli.Charters;

/// <summary><c>vantage charter diff</c>: what a draft or a proposal changes, against what holds.</summary>
internal static class DiffCommand
{
    public static Command Build(CliConsole console)
    {
        var which = ShowCommand.Which();
        var draft = new Option<string?>("--draft") { Description = "A draft; the open proposal by default.", HelpName = "FILE" };
        var meant = SignCommand.Meant();
        return new Command("diff", "What a draft, or the open proposal, changes.").With(which, draft, meant)
            .Does(console, async (call, cancellationToken) =>
            {
                var id = await Lookup.CollaborationAsync(call.Client, call.Required(which), cancellationToken);
                var holds = await CharterDesk.HoldsAsync(call, id, cancellationToken);
                var next = CharterDesk.Read(call.Value(draft) is { } file
                    ? (await File.ReadAllTextAsync(file, cancellationToken)).Trim()
                    : (await CharterDesk.ProposalAsync(call, id, call.Value(meant), cancellationToken)).Text);
                var changes = CharterWords.Changes(holds?.Head.Text, next);
                call.Output.Result(new CharterChanges(CharterWords.Fingerprint(next.Digest), changes), CliJson.Default.CharterChanges,
                    string.Join('\n', changes), text =>
                    {
                        foreach (var change in changes)
                        {
                            text.WriteLine(change);
                        }
                    });
            });
    }
}

internal sealed record CharterChanges(string Fingerprint, IReadOnlyList<string> Changes);
