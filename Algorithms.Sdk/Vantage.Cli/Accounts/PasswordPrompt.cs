using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;

namespace Vantage.Cli.Accounts;

/// <summary>A password, from a file or from who sits there; never from the command line, which others on the machine can read.</summary>
internal static class PasswordPrompt
{
    public static Option<string?> FileOption(string name = "--password-file", string what = "the password") => new(name)
    {
        Description = $"File with {what} (first line); asked for otherwise.",
        HelpName = "FILE",
    };

    public static readonly Option<string?> Code = new("--code")
    {
        Description = "Code of the authenticator app, or a recovery code; asked for where one is needed.",
    };

    public static string Ask(Invocation call, Option<string?> file, string question) =>
        call.Value(file) is { } path ? FirstLine(path) : Prompt(call, question, file.Name);

    /// <summary>For a new one: typed twice.</summary>
    public static string AskNew(Invocation call, Option<string?> file)
    {
        if (call.Value(file) is { } path)
        {
            return FirstLine(path);
        }

        var password = Prompt(call, "New password: ", file.Name);
        return Prompt(call, "Once more: ", file.Name) == password
            ? password
            : throw UsageException.Because("The two passwords differ.", "Try again.");
    }

    /// <summary>Null where nobody can be asked.</summary>
    public static string? AskCode(Invocation call) =>
        call.Console.InIsTerminal ? Prompt(call, "Code of your authenticator app (or a recovery code): ", Code.Name) : null;

    private static string Prompt(Invocation call, string question, string option)
    {
        if (!call.Console.InIsTerminal)
        {
            throw UsageException.Because("A password is needed, and nobody can be asked for it.", $"Add {option} FILE.");
        }

        call.Console.Error.Write(question);
        var answer = call.Console.ReadSecret() ?? "";
        call.Console.Error.WriteLine();
        return answer;
    }

    private static string FirstLine(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault()?.TrimEnd('\r') is { Length: > 0 } line
                ? line
                : throw UsageException.Because($"The file {file} is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VantageException(ClientErrorCodes.HomeInvalid, $"The file can't be read: {e.Message}", null, e);
        }
    }
}
