using System.CommandLine;
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

        var parsed = Build(console, args.FirstOrDefault(arg => !arg.StartsWith('-'))).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            var path = string.Join(' ', Path(parsed.CommandResult.Command));
            var error = UsageException.Because(string.Join(' ', parsed.Errors.Select(e => e.Message).Distinct()),
                $"See: {path} --help");
            new Output(console, args.Contains("--json") ? OutputMode.Json : OutputMode.Text).Error(error, ExitCodes.Usage);
            return ExitCodes.Usage;
        }

        var configuration = new InvocationConfiguration
        {
            Output = console.Out,
            Error = console.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    /// <param name="console">Where its commands read and write.</param>
    /// <param name="noun">Built in full; null builds everything.</param>
    public static RootCommand Build(CliConsole console, string? noun, bool everything = false)
    {
        var root = new RootCommand("Analyse data together without moving it.")
        {
            GlobalOptions.Home, GlobalOptions.Json, GlobalOptions.Quiet, GlobalOptions.Yes,
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

    private static IEnumerable<string> Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent
            ? Path(parent).Append(command.Name)
            : ["vantage"];
}
