using System.CommandLine;
using System.Text;
using Vantage.Cli.CommandLine;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.Cli;

/// <summary>Prints <c>docs/cli.md</c> from the commands themselves.</summary>
internal static class CliDocument
{
    public static string Print()
    {
        var root = VantageCommand.Build(new CliConsole(TextReader.Null, TextWriter.Null, TextWriter.Null), null,
            everything: true);
        var page = new StringBuilder();
        page.Append(
            """
            # The vantage command

            Printed from the commands by a test (`VANTAGE_PRINT_DOCS=1` writes it anew). [getting-started.md](getting-started.md) shows them in the order in which they are needed.

            Every command takes these options:


            """);
        Options(page, root.Options.Where(o => o.Recursive && o.Name != "--help"));
        page.Append(
            """

            Where a command wants an organization, user, collaboration, study or node, an id or a name does, as long as only one thing has that name. Into a pipe lists are written as lines with tabs between the columns. An error says what is wrong, then `next:` what to do, then its stable code; with `--json` it is one problem (RFC 9457) on standard error, with `next` and `exitCode`.

            The programs that a command starts (Coordinator, node, worker) are found beside it, in a checkout under `artifacts/bin`; `VANTAGE_COORDINATOR`, `VANTAGE_NODEAGENT` and `VANTAGE_WORKER` name others.

            ## Exit codes

            | code | name | meaning |
            |---|---|---|

            """);
        foreach (var row in ExitCodes.Table)
        {
            page.Append($"| {row.Code} | {row.Name} | {row.Meaning} |\n");
        }

        foreach (var noun in root.Subcommands)
        {
            page.Append($"\n## vantage {noun.Name}\n\n{noun.Description}\n");
            Body(page, noun);
            foreach (var verb in noun.Subcommands)
            {
                page.Append($"\n### vantage {noun.Name} {Usage(verb)}\n\n{verb.Description}\n");
                Body(page, verb);
            }
        }

        return page.ToString().ReplaceLineEndings("\n");
    }

    private static string Usage(Command command) =>
        string.Join(' ', command.Arguments.Select(a =>
            a.Arity.MinimumNumberOfValues > 0 ? $"<{a.Name}>" : $"[{a.Name}]").Prepend(command.Name));

    private static void Body(StringBuilder page, Command command)
    {
        foreach (var argument in command.Arguments)
        {
            page.Append($"\n- `{argument.Name}`: {argument.Description}\n");
        }

        if (command.Options.Any())
        {
            page.Append('\n');
            Options(page, command.Options);
        }
    }

    private static void Options(StringBuilder page, IEnumerable<Option> options)
    {
        page.Append("| option | |\n|---|---|\n");
        foreach (var option in options.Where(o => !o.Hidden && o.Name is not ("--help" or "--version")))
        {
            var names = string.Join(", ", option.Aliases.Prepend(option.Name).Select(n => $"`{n}`"));
            var value = option.ValueType == typeof(bool) ? ""
                : $" {option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant()}";
            page.Append($"| {names}{value} | {option.Description}{(option.Required ? " Required." : "")} |\n");
        }
    }
}
