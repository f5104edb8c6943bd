using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;

namespace Vantage.Cli.Keys;

/// <summary>
/// The passphrase of the organization's root key, from a file or from who sits there; never from the command line.
/// </summary>
internal static class Passphrases
{
    private const int Shortest = 8;

    public static readonly Option<string?> File = new("--passphrase-file")
    {
        Description = "File with the root key's passphrase (first line); asked for otherwise.",
        HelpName = "FILE",
    };

    public static string Ask(Invocation call) =>
        FromFile(call) ?? Prompt(call, "Passphrase of the organization's root key: ");

    /// <summary>For a new key: typed twice, and not too short.</summary>
    public static string AskNew(Invocation call)
    {
        var passphrase = FromFile(call);
        if (passphrase is null)
        {
            passphrase = Prompt(call,
                "A passphrase for the organization's root key (write it down; nobody can replace it): ");
            if (Prompt(call, "Once more: ") != passphrase)
            {
                throw UsageException.Because("The two passphrases differ.", "Try again.");
            }
        }

        return passphrase.Length >= Shortest
            ? passphrase
            : throw UsageException.Because($"The passphrase has fewer than {Shortest} characters.",
                "Four or five random words are good and can be remembered.");
    }

    private static string? FromFile(Invocation call)
    {
        if (call.Value(File) is not { } file)
        {
            return null;
        }

        try
        {
            return System.IO.File.ReadLines(file).FirstOrDefault()?.TrimEnd('\r') is { Length: > 0 } line
                ? line
                : throw UsageException.Because($"The passphrase file {file} is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VantageException(ClientErrorCodes.HomeInvalid, $"The passphrase file can't be read: {e.Message}",
                null, e);
        }
    }

    private static string Prompt(Invocation call, string question)
    {
        if (!call.Console.InIsTerminal)
        {
            throw UsageException.Because("The root key's passphrase is needed, and nobody can be asked for it.",
                "Add --passphrase-file FILE.");
        }

        call.Console.Error.Write(question);
        var answer = call.Console.ReadSecret() ?? "";
        call.Console.Error.WriteLine();
        return answer;
    }
}
