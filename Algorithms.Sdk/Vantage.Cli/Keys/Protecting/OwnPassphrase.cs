using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;

namespace Vantage.Cli.Keys.Protecting;

/// <summary>
/// The passphrase of a person's own keys: typed, or in a file whose name stands in <c>VANTAGE_PASSPHRASE_FILE</c>. A variable
/// names the file and never holds the passphrase: other processes can read what a process was started with.
/// </summary>
internal static class OwnPassphrase
{
    public const string Variable = "VANTAGE_PASSPHRASE_FILE";

    public static string Ask(Invocation call) => FromFile(Environment.GetEnvironmentVariable(Variable)) ?? Prompt(call, "Passphrase of your keys: ");

    /// <summary>For keys that shall be under it from now on: typed twice.</summary>
    public static string AskNew(Invocation call, string? file)
    {
        var chosen = FromFile(file);
        if (chosen is null)
        {
            chosen = Prompt(call, "A passphrase for your keys (without it nobody opens your results): ");
            if (Prompt(call, "Once more: ") != chosen)
            {
                throw UsageException.Because("The two passphrases differ.", "Try again.");
            }
        }

        return chosen.Length >= 8 ? chosen : throw UsageException.Because("The passphrase has fewer than 8 characters.",
            "Four or five random words are good and can be remembered.");
    }

    private static string? FromFile(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return null;
        }

        return KeyFile.Load(path).Split('\n')[0].TrimEnd('\r') is { Length: > 0 } line
            ? line
            : throw new VantageException(ClientErrorCodes.KeyUnusable, $"The passphrase file {path} is empty.");
    }

    private static string Prompt(Invocation call, string question)
    {
        if (!call.Console.InIsTerminal)
        {
            throw new VantageException(ClientErrorCodes.KeyUnusable, "Your keys are under a passphrase, and nobody can be asked for it.",
                $"Name a file that holds it (mode 0600) in {Variable}.");
        }

        call.Console.Error.Write(question);
        var answer = call.Console.ReadSecret() ?? "";
        call.Console.Error.WriteLine();
        return answer;
    }
}
