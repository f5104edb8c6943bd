using System.CommandLine;
using Vantage.Cli.Accounts;
using Vantage.Cli.CommandLine;
using Vantage.Client;
using Vantage.Client.Connection;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;

namespace Vantage.Cli.Login;

/// <summary><c>vantage login --user NAME</c>: asks for the password, and for a code where the account wants one.</summary>
internal static class PasswordLogin
{
    public static readonly Option<string?> User = new("--user")
    {
        Description = "Sign in with a password, under this name (an e-mail address, usually).", HelpName = "NAME",
    };

    public static readonly Option<string?> PasswordFile = PasswordPrompt.FileOption();

    /// <summary>The session's secret, which is used like a token.</summary>
    public static async Task<string> SignInAsync(Invocation call, string user, VantageClientOptions options, CancellationToken cancellationToken)
    {
        using var client = new VantageClient(options);
        var proof = new PasswordSignIn(user, PasswordPrompt.Ask(call, PasswordFile, $"Password of {user}: "), call.Value(PasswordPrompt.Code));
        try
        {
            return (await client.SignIn.SignInAsync(proof, cancellationToken)).Secret!;
        }
        catch (VantageException e) when (e.Code == ErrorCodes.CodeNeeded && PasswordPrompt.AskCode(call) is { } code)
        {
            return (await client.SignIn.SignInAsync(proof with { Code = code }, cancellationToken)).Secret!;
        }
    }
}
