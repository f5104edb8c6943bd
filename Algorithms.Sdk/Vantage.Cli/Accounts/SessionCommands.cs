using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.Accounts;

/// <summary><c>vantage account sessions</c>.</summary>
internal static class SessionCommands
{
    public static Command Build(CliConsole console) =>
        new Command("sessions", "Where you are signed in.").With(List(console), End(console), EndOthers(console));

    private static Command List(CliConsole console) => new Command("list", "Your sessions; * is this one.").Does(console, (call, cancellationToken) =>
        call.Output.ListAsync(call.Client.Account.ListSessionsAsync(cancellationToken), CliJson.Default.ItemListUserSession, s => s.Id.ToString(),
            ("", s => s.Current ? "*" : ""), ("id", s => s.Id.ToString()), ("by", s => Method(s.Method)), ("program", s => s.Agent),
            ("since", s => Details.Time(s.CreatedAt)), ("last used", s => Details.Time(s.LastUsedAt)), ("ends", s => Details.Time(s.ExpiresAt))));

    private static Command End(CliConsole console)
    {
        var which = new Argument<string>("session") { Description = "Its id." };
        return new Command("end", "End one at once, everywhere.").With(which).Does(console, async (call, cancellationToken) =>
        {
            if (!Id.TryParse(call.Required(which), out UserSessionId id))
            {
                throw UsageException.Because($"'{call.Required(which)}' is not a session's id.", "See: vantage account sessions list");
            }

            await call.Client.Account.EndSessionAsync(id, cancellationToken);
            AccountCommands.Done(call, "session-ended", $"{id} has ended.");
        });
    }

    private static Command EndOthers(CliConsole console) => new Command("end-others", "End all but this one.")
        .Does(console, async (call, cancellationToken) =>
        {
            await call.Client.Account.EndOtherSessionsAsync(cancellationToken);
            AccountCommands.Done(call, "sessions-ended", "All your other sessions have ended.");
        });

    private static string Method(SignInMethod method) => method switch
    {
        SignInMethod.Password => "password",
        SignInMethod.PasswordAndCode => "password and code",
        SignInMethod.Passkey => "passkey",
        SignInMethod.SingleSignOn => "single sign-on",
        _ => "?",
    };
}
