using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Accounts;

/// <summary><c>vantage account totp</c>: an authenticator app beside the password.</summary>
internal static class TotpCommands
{
    public static Command Build(CliConsole console) =>
        new Command("totp", "An authenticator app beside the password.").With(Add(console), Confirm(console), Codes(console), Remove(console));

    private static Option<string?> CodesFile => new("--codes-file")
    {
        Description = "Write the recovery codes to this file, readable by you alone, instead of showing them.",
        HelpName = "FILE",
    };

    private static Command Add(CliConsole console) => new Command("add", "Get a secret for the app; then confirm it.")
        .Does(console, async (call, cancellationToken) =>
        {
            var proposed = await call.Client.Account.AddTotpAsync(cancellationToken);
            call.Output.Result(proposed, ProtocolJson.Default.NewTotp, proposed.Secret, text =>
            {
                text.WriteLine($"Type this secret into the app: {proposed.Secret}");
                text.WriteLine($"Or give it this address:       {proposed.Uri}");
                text.WriteLine("Then: vantage account totp confirm CODE, with the code that the app shows.");
            });
        });

    private static Command Confirm(CliConsole console)
    {
        var code = new Argument<string>("code") { Description = "What the app shows now." };
        var file = CodesFile;
        return new Command("confirm", "Confirm the app with a code of it. From then on signing in wants one.").With(code, file)
            .Does(console, async (call, cancellationToken) =>
                Show(call, file, await call.Client.Account.ConfirmTotpAsync(call.Required(code), cancellationToken)));
    }

    private static Command Codes(CliConsole console)
    {
        var file = CodesFile;
        return new Command("recovery-codes", "New recovery codes; the old ones are void.").With(file)
            .Does(console, async (call, cancellationToken) => Show(call, file, await call.Client.Account.RenewRecoveryCodesAsync(cancellationToken)));
    }

    private static Command Remove(CliConsole console) => new Command("remove", "Take the app and the recovery codes away.")
        .Does(console, async (call, cancellationToken) =>
        {
            await call.Client.Account.RemoveTotpAsync(cancellationToken);
            AccountCommands.Done(call, "totp-removed", "The authenticator app is removed; the password alone signs you in.");
        });

    private static void Show(Invocation call, Option<string?> option, RecoveryCodeList codes)
    {
        if (call.Value(option) is { } file)
        {
            try
            {
                KeyFile.Save(file, string.Join('\n', codes.Codes) + "\n");
            }
            catch (IOException e)
            {
                throw new VantageException(ClientErrorCodes.HomeInvalid, $"{file} can't be written: {e.Message}",
                    "Get new codes into another file: vantage account totp recovery-codes.", e);
            }

            AccountCommands.Done(call, "codes-written", $"The recovery codes are in {file}. Keep them where your phone is not.");
            return;
        }

        call.Output.Result(codes, ProtocolJson.Default.RecoveryCodeList, string.Join('\n', codes.Codes), text =>
        {
            text.WriteLine("Recovery codes (shown this once; each good once in place of the app's code):");
            foreach (var code in codes.Codes)
            {
                text.WriteLine($"  {code}");
            }
        });
    }
}
