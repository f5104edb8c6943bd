using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Accounts;

/// <summary><c>vantage account</c>: one's own account.</summary>
internal static class AccountCommands
{
    public static void Fill(Command noun, CliConsole console) => noun.With(
        Show(console), Confirm(console), Password(console), Email(console), TotpCommands.Build(console), PasskeyCommands.Build(console),
        SessionCommands.Build(console), ArrivalCommands.Accept(console), ArrivalCommands.Recover(console),
        ArrivalCommands.VerifyEmail(console));

    /// <summary>The answer of commands that have nothing to show but that it was done.</summary>
    public static void Done(Invocation call, string what, string text) =>
        call.Output.Result(new DoneAnswer(what), CliJson.Default.DoneAnswer, null, writer => writer.WriteLine(text));

    private static Command Show(CliConsole console) => new Command("show", "What your account signs in with.")
        .Does(console, async (call, cancellationToken) =>
        {
            var view = await call.Client.Account.ShowAsync(cancellationToken);
            call.Output.Result(view, ProtocolJson.Default.AccountView, view.User.ToString(), text => Details.Write(text,
                ("id", view.User.ToString()), ("name", view.Name), ("signs in as", view.Login ?? "(by token only)"),
                ("email", view.Email is null ? null : $"{view.Email} ({(view.EmailVerified ? "verified" : "not verified")})"),
                ("password", view.PasswordChangedAt is { } at ? $"set {Details.Time(at)}" : "none"),
                ("authenticator app", view.HasTotp ? $"yes, {view.RecoveryCodes} recovery codes left" : "no"),
                ("passkeys", view.Passkeys.ToString())));
        });

    private static Command Confirm(CliConsole console)
    {
        var file = PasswordPrompt.FileOption();
        return new Command("confirm", "Prove once more who you are; good for ten minutes of what admins do.").With(file, PasswordPrompt.Code)
            .Does(console, async (call, cancellationToken) =>
            {
                var password = PasswordPrompt.Ask(call, file, "Password: ");
                try
                {
                    await call.Client.Account.ConfirmAsync(new ConfirmSession(password, call.Value(PasswordPrompt.Code)), cancellationToken);
                }
                catch (Client.Errors.VantageException e) when (e.Code == ErrorCodes.CodeNeeded && PasswordPrompt.AskCode(call) is { } code)
                {
                    await call.Client.Account.ConfirmAsync(new ConfirmSession(password, code), cancellationToken);
                }

                Done(call, "confirmed", "Confirmed for the next ten minutes.");
            });
    }

    private static Command Password(CliConsole console)
    {
        var (current, file) = (PasswordPrompt.FileOption(), PasswordPrompt.FileOption("--new-password-file", "the new password"));
        return new Command("password", "Change your password. Your other sessions end.").With(current, file)
            .Does(console, async (call, cancellationToken) =>
            {
                var change = new ChangePassword(PasswordPrompt.Ask(call, current, "Password so far: "), PasswordPrompt.AskNew(call, file));
                await call.Client.Account.ChangePasswordAsync(change, cancellationToken);
                Done(call, "password-changed", "Your password is changed, and your other sessions have ended.");
            });
    }

    private static Command Email(CliConsole console)
    {
        var address = new Argument<string>("address") { Description = "The new address." };
        return new Command("email", "Change your address: a code is sent to the new one.").With(address)
            .Does(console, async (call, cancellationToken) =>
            {
                await call.Client.Account.ChangeEmailAsync(call.Required(address), cancellationToken);
                Done(call, "code-sent", $"A code is on its way to {Listing.OneLine(call.Required(address))}. It counts once you have sent the "
                    + "code back: vantage account verify-email --code CODE.");
            });
    }
}

internal sealed record DoneAnswer(string Done);
