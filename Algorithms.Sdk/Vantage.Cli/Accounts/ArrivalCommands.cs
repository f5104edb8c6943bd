using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Protocol.Api;

namespace Vantage.Cli.Accounts;

/// <summary>For whoever can't sign in yet, or not any more.</summary>
internal static class ArrivalCommands
{
    private static readonly Option<string?> OptionalCode = new("--code") { Description = "The code from the letter; without it one is asked for." };

    private static Option<string> RequiredCode(string description) => new("--code") { Description = description, Required = true };

    public static Command Accept(CliConsole console)
    {
        var (code, file) = (RequiredCode("The code of the invitation."), PasswordPrompt.FileOption("--password-file", "the new password"));
        return new Command("accept", "Accept an invitation: set your password.").With(Strangers.Url, Strangers.Ca, code, file)
            .Does(console, async (call, cancellationToken) =>
            {
                using var client = Strangers.Client(call);
                await client.SignIn.AcceptInvitationAsync(new SetPassword(call.Required(code), PasswordPrompt.AskNew(call, file)), cancellationToken);
                AccountCommands.Done(call, "password-set", "Your password is set. Sign in: vantage login --url URL --user NAME.");
            });
    }

    public static Command Recover(CliConsole console)
    {
        var user = new Option<string?>("--user") { Description = "The name that you sign in with: a code is sent to its address." };
        var file = PasswordPrompt.FileOption("--password-file", "the new password");
        return new Command("recover", "Get back in: ask for a code by mail (--user), then set a new password with it (--code).")
            .With(Strangers.Url, Strangers.Ca, user, OptionalCode, file)
            .Does(console, async (call, cancellationToken) =>
            {
                using var client = Strangers.Client(call);
                if (call.Value(OptionalCode) is { } code)
                {
                    await client.SignIn.RecoverAsync(new SetPassword(code, PasswordPrompt.AskNew(call, file)), cancellationToken);
                    AccountCommands.Done(call, "password-set", "Your password is set, and all your sessions have ended. Your second factor is as it was.");
                    return;
                }

                await client.SignIn.AskRecoveryAsync(call.Value(user)
                    ?? throw UsageException.Because("Whose account is not said.", "Add --user NAME, or --code CODE if you have one."), cancellationToken);
                AccountCommands.Done(call, "asked",
                    "If an account of that name has a verified address, a code is on its way there. Then: vantage account recover --code CODE.");
            });
    }

    public static Command VerifyEmail(CliConsole console)
    {
        var code = RequiredCode("The code from the letter.");
        return new Command("verify-email", "Verify your address with the code that was sent there.").With(Strangers.Url, Strangers.Ca, code)
            .Does(console, async (call, cancellationToken) =>
            {
                using var client = Strangers.Client(call);
                await client.SignIn.VerifyEmailAsync(call.Required(code), cancellationToken);
                AccountCommands.Done(call, "verified", "Your address is verified.");
            });
    }
}
