using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Api;

namespace Vantage.Cli.Tokens;

/// <summary><c>vantage token create</c>.</summary>
internal static class CreateCommand
{
    public static Command Make(CliConsole console)
    {
        var name = new Argument<string>("name") { Description = "What it is for, so that you know it in the list." };
        var days = new Option<int>("--days")
        {
            Description = "How long it is good for; the Coordinator sets the most, 366 if nobody changed it.",
            DefaultValueFactory = _ => 90,
        };
        var from = new Option<string[]>("--from")
        {
            Description = "An address or network (192.0.2.0/24, 2001:db8::/32) that it is good from; may be repeated. "
                + "By default as the token that you are logged in with.",
            HelpName = "NETWORK",
        };
        var scope = new Option<string[]>("--scope")
        {
            Description = "What of the owner's rights it has: a rule such as task.view@organization, or task.view to go as "
                + "far as they; may be repeated. By default as the token that you are logged in with.",
            HelpName = "RULE",
        };
        var file = Secrets.FileOption("--token-file", "the token");
        return new Command("create", "Make a token.").With(name, days, scope, from, TokenCommands.UserOption, file)
            .Does(console, async (call, cancellationToken) =>
            {
                Secrets.Check(call, file);
                var made = await call.Client.Tokens.CreateAsync(new CreateToken(call.Required(name), call.Value(days),
                    await TokenCommands.UserAsync(call, cancellationToken),
                    call.Value(from) is { Length: > 0 } networks ? networks : null,
                    call.Value(scope) is { Length: > 0 } scopes ? scopes : null), cancellationToken);
                TokenText.ShowSecret(call, made, Secrets.Keep(call, file, made.Secret) ? call.Value(file) : null);
            });
    }
}
