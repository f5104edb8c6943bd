using System.CommandLine;
using System.CommandLine.Help;
using Vantage.Cli.Printing;
using Vantage.Cli.Programs;
using Vantage.Protocol.Errors;

namespace Vantage.Cli.CommandLine;

/// <summary>
/// The whole command line. Only the noun that was named is built in full; of the others the help needs a name and a
/// sentence, and building them all would be most of the time that <c>vantage --help</c> takes.
/// </summary>
internal static class VantageCommand
{
    public static async Task<int> RunAsync(string[] args, CliConsole console, CancellationToken cancellationToken)
    {
        if (PassThrough.Of(args) is { } other)
        {
            return other.Run(args[2..], console);
        }

        if (args is ["help", .. var about] && about is not ["exit-codes", ..])
        {
            args = [.. about, "--help"];
        }

        var root = Build(console, NounOf(args));
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not (HelpAction or null))
        {
            if (args.Length == 0)
            {
                await root.Parse(["--help"]).InvokeAsync(Configuration(console), cancellationToken);
                return ExitCodes.Usage;
            }

            new Output(console, args.Contains("--json") ? OutputMode.Json : OutputMode.Text)
                .Error(Misuse.Of(parsed), ExitCodes.Usage);
            return ExitCodes.Usage;
        }

        return await parsed.InvokeAsync(Configuration(console), cancellationToken);
    }

    /// <param name="console">Where its commands read and write.</param>
    /// <param name="noun">Built in full; null builds everything.</param>
    public static RootCommand Build(CliConsole console, string? noun, bool everything = false)
    {
        var root = new RootCommand("Analyse data together without moving it.")
        {
            GlobalOptions.Home, GlobalOptions.Profile, GlobalOptions.Json, GlobalOptions.Quiet, GlobalOptions.Yes,
        };
        foreach (var (name, description, fill) in Nouns.Table)
        {
            var command = new Command(name, description);
            if (everything || name == noun)
            {
                fill(command, console);
            }

            root.Subcommands.Add(command);
        }

        return root;
    }

    /// <summary>The first word that is neither an option nor the value of one.</summary>
    private static string? NounOf(string[] args) => args
        .Where((arg, i) => !arg.StartsWith('-') && (i == 0
            || (args[i - 1] != GlobalOptions.Home.Name && args[i - 1] != GlobalOptions.Profile.Name)))
        .FirstOrDefault();

    private static InvocationConfiguration Configuration(CliConsole console) => new()
    {
        Output = console.Out,
        Error = console.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };
}
