using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;

namespace Vantage.Cli.Keys.Protecting;

/// <summary><c>vantage keys protect</c>: puts a person's own keys under a passphrase, or under another, or under none.</summary>
internal static class ProtectCommand
{
    public static Command Build(CliConsole console)
    {
        var file = new Option<string?>("--new-passphrase-file")
        {
            Description = "File (mode 0600) with the new passphrase (first line); asked for otherwise.",
            HelpName = "FILE",
        };
        var remove = new Option<bool>("--remove") { Description = "Take the passphrase off: the files' mode 0600 alone protects them." };
        return new Command("protect", "Put your own keys under a passphrase.").With(file, remove).Does(console, (call, _) =>
        {
            if (!call.Home.HasUserKeys)
            {
                throw new VantageException(ClientErrorCodes.KeyMissing, $"{call.Home.Directory} holds no keys of yours.",
                    "Make them: vantage keys request");
            }

            var chosen = call.Value(remove) ? null : OwnPassphrase.AskNew(call, call.Value(file));
            call.Home.Protect(chosen);
            call.Output.Say(chosen is null
                ? "Your keys are under no passphrase any more."
                : $"Your keys are under the passphrase. Commands ask for it, or read it from the file that {OwnPassphrase.Variable} names.");
            return Task.CompletedTask;
        });
    }
}
