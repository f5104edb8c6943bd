using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Keys;

namespace Vantage.Cli.Charters;

/// <summary><c>vantage charter propose</c>: signs a draft for the own organization and hands it in for others to sign.</summary>
internal static class ProposeCommand
{
    public static Command Build(CliConsole console)
    {
        var file = new Argument<string>("draft") { Description = "The file that 'vantage charter draft' wrote." };
        return new Command("propose", "Sign a draft and hand it in for the others to sign (the organization's admin).")
            .With(file, Newcomers.Partners, Passphrases.File).Does(console, async (call, cancellationToken) =>
            {
                var text = CharterDesk.Read((await File.ReadAllTextAsync(call.Required(file), cancellationToken)).Trim());
                var holds = await CharterDesk.HoldsAsync(call, text.Content.Collaboration, cancellationToken);
                Newcomers.Compare(call, text, holds);
                CharterDesk.Show(call, await CharterDesk.AgreeAsync(call, text, cancellationToken));
            });
    }
}
