using System.CommandLine;
using Vantage.Cli.Accounts;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Client;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Users;

/// <summary>What admins do to how somebody signs in: <c>vantage user invite|disable|enable|reset-second-factor</c>.</summary>
internal static class UserSignInCommands
{
    public static Command Invite(CliConsole console)
    {
        var (which, mail) = (Which(), new Option<bool>("--mail") { Description = "Send the code to the account's address." });
        var login = new Option<string?>("--login") { Description = "The name to sign in with; by default the account's address." };
        var file = Secrets.FileOption("--code-file", "the code");
        return new Command("invite", "Let somebody set a password, the first or a new one.").With(which, login, mail, file)
            .Does(console, async (call, cancellationToken) =>
            {
                if (!call.Value(mail))
                {
                    Secrets.Check(call, file);
                }

                var id = await Lookup.UserAsync(call.Client, call.Required(which), cancellationToken);
                var invited = await call.Client.Users.InviteAsync(id, new InviteUser(call.Value(login), call.Value(mail)), cancellationToken);
                var kept = invited.Code is { } code && Secrets.Keep(call, file, code);
                call.Output.Result(kept ? invited with { Code = null } : invited, ProtocolJson.Default.InvitedUser, id.ToString(), text =>
                {
                    Details.Write(text, ("signs in as", invited.Login), ("code good until", Details.Time(invited.ExpiresAt)));
                    text.WriteLine(invited.Code is null ? "The code was sent by mail."
                        : kept ? $"code written to {call.Value(file)}"
                        : $"code (shown this once): {invited.Code}");
                    text.WriteLine("They set their password with: vantage account accept --url URL --code CODE");
                });
            });
    }

    public static Command Disable(CliConsole console) => Change(console, "disable", "End all sessions of an account and let it sign in no more.",
        "disabled", (client, id, cancellationToken) => client.Users.DisableAsync(id, cancellationToken));

    public static Command Enable(CliConsole console) => Change(console, "enable", "Let a disabled account sign in again.",
        "enabled", (client, id, cancellationToken) => client.Users.EnableAsync(id, cancellationToken));

    public static Command ResetSecondFactor(CliConsole console) => Change(console, "reset-second-factor",
        "For whoever lost it: take away authenticator app, recovery codes and passkeys.",
        "reset", (client, id, cancellationToken) => client.Users.ResetSecondFactorAsync(id, cancellationToken));

    private static Command Change(CliConsole console, string name, string description, string done,
        Func<VantageClient, UserId, CancellationToken, Task> change)
    {
        var which = Which();
        return new Command(name, description).With(which).Does(console, async (call, cancellationToken) =>
        {
            var id = await Lookup.UserAsync(call.Client, call.Required(which), cancellationToken);
            await change(call.Client, id, cancellationToken);
            AccountCommands.Done(call, done, $"{id}: {done}.");
        });
    }

    private static Argument<string> Which() => new("user") { Description = "Id or name." };
}
