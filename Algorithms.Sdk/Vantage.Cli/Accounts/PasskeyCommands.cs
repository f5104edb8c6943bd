using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;

namespace Vantage.Cli.Accounts;

/// <summary><c>vantage account passkeys</c>: a terminal can't make any, but see and remove them.</summary>
internal static class PasskeyCommands
{
    public static Command Build(CliConsole console) =>
        new Command("passkeys", "Your passkeys; they are added in a browser.").With(List(console), Remove(console));

    private static Command List(CliConsole console) => new Command("list", "Your passkeys.").Does(console, (call, cancellationToken) =>
        call.Output.ListAsync(call.Client.Account.ListPasskeysAsync(cancellationToken), CliJson.Default.ItemListPasskey, p => p.Id,
            ("id", p => p.Id), ("name", p => p.Name), ("synced", p => p.Synced ? "yes" : "no"), ("added", p => Details.Time(p.AddedAt)),
            ("last used", p => p.LastUsedAt is { } used ? Details.Time(used) : "never")));

    private static Command Remove(CliConsole console)
    {
        var id = new Argument<string>("passkey") { Description = "Its id." };
        return new Command("remove", "Remove one; it signs nobody in any more.").With(id).Does(console, async (call, cancellationToken) =>
        {
            await call.Client.Account.RemovePasskeyAsync(call.Required(id), cancellationToken);
            AccountCommands.Done(call, "passkey-removed", "The passkey is removed.");
        });
    }
}
