using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Protocol.Cryptography;

namespace Vantage.Cli.Printing;

/// <summary>Secrets that the Coordinator shows once: into a file (0600), or onto the screen of who asked.</summary>
internal static class Secrets
{
    public static Option<string?> FileOption(string name, string what) => new(name)
    {
        Description = $"Write {what} to this file, readable by you alone, instead of showing it.",
        HelpName = "FILE",
    };

    /// <summary>With <c>--quiet</c> only an id is printed, so that without a file the secret would be lost.</summary>
    public static void Check(Invocation call, Option<string?> option)
    {
        if (call.Output.Mode == OutputMode.Quiet && call.Value(option) is null)
        {
            throw UsageException.Because($"With --quiet the secret is not shown, and it can't be had again later.",
                $"Add {option.Name} FILE.");
        }

        if (call.Value(option) is { } file && Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder
            && !Directory.Exists(folder))
        {
            throw UsageException.Because($"There is no folder {folder} to write {option.Name} to.", "Make it first.");
        }
    }

    /// <summary>Writes it where asked; true when it is in a file and must not be shown.</summary>
    public static bool Keep(Invocation call, Option<string?> option, string secret)
    {
        if (call.Value(option) is not { } file)
        {
            return false;
        }

        KeyFile.Save(file, secret + "\n");
        return true;
    }
}
