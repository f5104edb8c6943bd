using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Tokens;

/// <summary><c>vantage token</c>.</summary>
internal static class TokenCommands
{
    public static void Fill(Command noun, CliConsole console) =>
        noun.With(Create(console), List(console), Revoke(console));

    private static readonly Option<string?> UserOption =
        new("--user") { Description = "Id or name of whose tokens; your own by default." };

    private static Command Create(CliConsole console)
    {
        var name = new Argument<string>("name") { Description = "What it is for, so that you know it in the list." };
        var days = new Option<int>("--days")
        {
            Description = "How long it is good for, 1 to 366.",
            DefaultValueFactory = _ => 90,
        };
        var file = Secrets.FileOption("--token-file", "the token");
        return new Command("create", "Make a token.").With(name, days, UserOption, file)
            .Does(console, async (call, cancellationToken) =>
            {
                Secrets.Check(call, file);
                var made = await call.Client.Tokens.CreateAsync(new CreateToken(call.Required(name), call.Value(days),
                    await UserAsync(call, cancellationToken)), cancellationToken);
                var kept = Secrets.Keep(call, file, made.Secret);
                call.Output.Result(kept ? made with { Secret = "" } : made, ProtocolJson.Default.CreatedToken,
                    made.Token.Id.ToString(), text =>
                    {
                        Details.Write(text, ("id", made.Token.Id.ToString()), ("name", made.Token.Name),
                            ("expires", Details.Time(made.Token.ExpiresAt)));
                        text.WriteLine(kept ? $"written to {call.Value(file)}"
                            : $"token (shown this once): {made.Secret}");
                    });
            });
    }

    private static Command List(CliConsole console) =>
        new Command("list", "Tokens, without their secrets.").With(UserOption)
            .Does(console, async (call, cancellationToken) =>
            await call.Output.ListAsync(
                call.Client.Tokens.ListAsync(await UserAsync(call, cancellationToken), cancellationToken),
                CliJson.Default.ItemListTokenInfo, t => t.Id.ToString(),
                ("id", t => t.Id.ToString()), ("name", t => t.Name), ("expires", t => Details.Time(t.ExpiresAt)),
                ("last used", t => t.LastUsedAt is { } used ? Details.Time(used) : "never"),
                ("revoked", t => t.RevokedAt is { } revoked ? Details.Time(revoked) : "")));

    private static Command Revoke(CliConsole console)
    {
        var which = new Argument<string>("token") { Description = "The token's id." };
        return new Command("revoke", "End a token at once, everywhere.").With(which)
            .Does(console, async (call, cancellationToken) =>
            {
                if (!Id.TryParse(call.Required(which), out TokenId id))
                {
                    throw UsageException.Because($"'{call.Required(which)}' is not a token's id.",
                        "See: vantage token list");
                }

                await call.Client.Tokens.RevokeAsync(id, cancellationToken);
                call.Output.Result(new RevokedToken(id), CliJson.Default.RevokedToken, id.ToString(),
                    text => text.WriteLine($"{id} is revoked."));
            });
    }

    private static async Task<UserId?> UserAsync(Invocation call, CancellationToken cancellationToken) =>
        call.Value(UserOption) is { } text ? await Lookup.UserAsync(call.Client, text, cancellationToken) : null;
}

internal sealed record RevokedToken(TokenId Revoked);
