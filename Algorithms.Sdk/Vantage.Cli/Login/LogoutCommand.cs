using System.CommandLine;
using Vantage.Cli.Accounts;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Errors;

namespace Vantage.Cli.Login;

/// <summary>
/// <c>vantage logout</c>: ends the session and forgets it; a token is only forgotten. Keys, pins and settings stay.
/// </summary>
internal static class LogoutCommand
{
    public static void Fill(Command command, CliConsole console) => command.Does(console, async (call, cancellationToken) =>
    {
        var profile = call.Home.ReadProfile();
        if (!profile.Token.StartsWith(LoginCommand.SessionPrefix, StringComparison.Ordinal))
        {
            File.Delete(call.Home.ProfilePath);
            AccountCommands.Done(call, "forgotten", "The token is forgotten here. It is good until it expires: vantage token revoke ends it.");
            return;
        }

        try
        {
            await call.Client.Account.SignOutAsync(cancellationToken);
        }
        catch (VantageException e) when (e.Code is ErrorCodes.Unauthenticated or ErrorCodes.TokenExpired)
        {
            // It has ended already, which is what was wanted.
        }

        File.Delete(call.Home.ProfilePath);
        AccountCommands.Done(call, "signed-out", "You are signed out.");
    });
}
