using System.CommandLine;
using Vantage.Client.Errors;

namespace Vantage.Cli.CommandLine;

/// <summary>A command line that can't be understood, in words and with the way out.</summary>
internal static class Misuse
{
    public static VantageException Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = string.Join(' ', Path(command));
        var further = string.Join(", ", command.Subcommands.Select(c => c.Name));
        return command.Subcommands.Count == 0
            ? UsageException.Because(string.Join(' ', parsed.Errors.Select(e => e.Message).Distinct()),
            $"See: {path} --help")
            : parsed.UnmatchedTokens is [var word, ..]
                ? UsageException.Because($"'{path}' has no '{word}'. It has: {further}.", $"See: {path} --help")
                : UsageException.Because($"'{path}' needs to know what to do: {further}.", $"See: {path} --help");
    }

    public static IEnumerable<string> Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent
            ? Path(parent).Append(command.Name)
            : ["vantage"];
}
