using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Api;

namespace Vantage.Cli.Tokens;

/// <summary>
/// <c>vantage token rotate</c>. One's own token is replaced where it lies, in the profile, so that its new secret is never
/// shown to anybody.
/// </summary>
internal static class RotateCommand
{
    public static Command Make(CliConsole console)
    {
        var which = TokenCommands.OwnByDefault();
        var overlap = new Option<int>("--overlap")
        {
            Description = "Minutes for which the old one stays good.", HelpName = "MINUTES",
            DefaultValueFactory = _ => 1440,
        };
        var days = new Option<int?>("--days")
        {
            Description = "How long the new one is good for; by default as long as the old one was made for.",
        };
        var file = Secrets.FileOption("--token-file", "the new token");
        return new Command("rotate", "Replace a token by a new one of the same rights; for a while both are good.")
            .With(which, overlap, days, file)
            .Does(console, async (call, cancellationToken) =>
            {
                var id = await TokenCommands.IdAsync(call, call.Value(which), cancellationToken);
                var own = call.Value(which) is null && call.Value(file) is null;
                if (!own)
                {
                    Secrets.Check(call, file);
                }

                var made = await call.Client.Tokens.RotateAsync(id,
                    new RotateToken(call.Value(overlap), call.Value(days)), cancellationToken);
                if (own)
                {
                    call.Home.WriteProfile(call.Home.ReadProfile() with { Token = made.Secret });
                    TokenText.ShowSecret(call, made, call.Home.ProfilePath);
                    return;
                }

                TokenText.ShowSecret(call, made, Secrets.Keep(call, file, made.Secret) ? call.Value(file) : null);
            });
    }
}
