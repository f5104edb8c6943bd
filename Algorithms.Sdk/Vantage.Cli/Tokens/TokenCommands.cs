using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.Tokens;

/// <summary><c>vantage token</c>.</summary>
internal static class TokenCommands
{
    public static readonly Option<string?> UserOption =
        new("--user") { Description = "Id or name of whose tokens; your own by default." };

    public static void Fill(Command noun, CliConsole console) => noun.With(
        CreateCommand.Make(console), List(console), Inspect(console), RotateCommand.Make(console), Renew(console),
        Revoke(console));

    public static Argument<string?> OwnByDefault() => new("token")
    {
        Description = "The token's id; by default the token that you are logged in with.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static async Task<UserId?> UserAsync(Invocation call, CancellationToken cancellationToken) =>
        call.Value(UserOption) is { } text ? await Lookup.UserAsync(call.Client, text, cancellationToken) : null;

    /// <summary>The one that was named, else the one that the profile holds.</summary>
    public static async Task<TokenId> IdAsync(Invocation call, string? text, CancellationToken cancellationToken) =>
        text is not null
            ? Id.TryParse(text, out TokenId id)
                ? id
                : throw UsageException.Because($"'{text}' is not a token's id.", "See: vantage token list")
            : (await call.Client.MeAsync(cancellationToken)).Token?.Id
                ?? throw new VantageException(ErrorCodes.NotFound, "You are not logged in with an API token.",
                    "Name one: vantage token list");

    private static Command List(CliConsole console) =>
        new Command("list", "Tokens, without their secrets.").With(UserOption)
            .Does(console, async (call, cancellationToken) =>
            await call.Output.ListAsync(
                call.Client.Tokens.ListAsync(await UserAsync(call, cancellationToken), cancellationToken),
                CliJson.Default.ItemListTokenInfo, t => t.Id.ToString(),
                ("id", t => t.Id.ToString()), ("name", t => t.Name), ("expires", t => Details.Time(t.ExpiresAt)),
                ("last used", t => t.LastUsedAt is { } used ? Details.Time(used) : "never"),
                ("state", TokenText.State)));

    private static Command Inspect(CliConsole console)
    {
        var which = OwnByDefault();
        return new Command("inspect", "Whose a token is, what it is good for, and when it was used.").With(which)
            .Does(console, async (call, cancellationToken) =>
            {
                var id = await IdAsync(call, call.Value(which), cancellationToken);
                TokenText.Show(call, await call.Client.Tokens.GetAsync(id, cancellationToken));
            });
    }

    private static Command Renew(CliConsole console)
    {
        var which = OwnByDefault();
        var days = new Option<int>("--days")
        {
            Description = "How long it is good for from now on; the Coordinator sets the most.",
            DefaultValueFactory = _ => 90,
        };
        return new Command("renew", "Move a token's end; the secret stays.").With(which, days)
            .Does(console, async (call, cancellationToken) =>
            {
                var id = await IdAsync(call, call.Value(which), cancellationToken);
                TokenText.Show(call,
                    await call.Client.Tokens.RenewAsync(id, new RenewToken(call.Value(days)), cancellationToken));
            });
    }

    private static Command Revoke(CliConsole console)
    {
        var which = new Argument<string>("token") { Description = "The token's id." };
        return new Command("revoke", "End a token at once, everywhere.").With(which)
            .Does(console, async (call, cancellationToken) =>
            {
                var id = await IdAsync(call, call.Required(which), cancellationToken);
                await call.Client.Tokens.RevokeAsync(id, cancellationToken);
                call.Output.Result(new RevokedToken(id), CliJson.Default.RevokedToken, id.ToString(),
                    text => text.WriteLine($"{id} is revoked."));
            });
    }
}

internal sealed record RevokedToken(TokenId Revoked);
