using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Protocol.Charters;

namespace Vantage.Cli.Charters;

/// <summary><c>vantage charter draft</c>: writes the first version, or the next, to a file. Nothing is signed or sent.</summary>
internal static class DraftCommand
{
    public static Command Build(CliConsole console)
    {
        var (which, options) = (ShowCommand.Which(), new DraftOptions());
        var file = new Option<string>("--out") { Description = "Where to write it.", HelpName = "FILE", Required = true };
        return new Command("draft", "Write the first version of a charter, or the next one, to a file. Signs nothing.")
            .With([which, file, .. options.All]).Does(console, async (call, cancellationToken) =>
            {
                var id = await Lookup.CollaborationAsync(call.Client, call.Required(which), cancellationToken);
                var holds = await CharterDesk.HoldsAsync(call, id, cancellationToken);
                var now = call.Console.Time.GetUtcNow();
                var goesOn = holds is not null && now < holds.Head.Content.End;
                var charter = goesOn
                    ? options.Next(call, holds!.Head.Text, now)
                    : options.First(call, await call.Client.Collaborations.GetAsync(id, cancellationToken), now);
                var text = CharterDesk.Judge(() => CharterText.Write(charter));
                await File.WriteAllTextAsync(call.Required(file), text.Text + "\n", cancellationToken);
                var changes = CharterWords.Changes(goesOn ? holds!.Head.Text : null, text);
                call.Output.Result(new CharterChanges(CharterWords.Fingerprint(text.Digest), changes), CliJson.Default.CharterChanges,
                    CharterWords.Fingerprint(text.Digest), output =>
                    {
                        CharterWords.Write(output, text);
                        output.WriteLine($"Written to {call.Required(file)}. Propose it: vantage charter propose {call.Required(file)}");
                    });
            });
    }
}
