using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;

namespace Vantage.Cli.Results;

/// <summary><c>vantage result shared</c>: what one shared, and what others shared with one.</summary>
internal static class SharedCommand
{
    public static Command Build(CliConsole console) =>
        new Command("shared", "What you shared, and what others shared with you.").Does(console, (call, cancellationToken) =>
            call.Output.ListAsync(call.Client.Grants.ListAsync(cancellationToken: cancellationToken), CliJson.Default.ItemListGrantView,
                g => g.Id.ToString(),
                ("task", g => g.Task.ToString()), ("run", g => g.Run.ToString()), ("what", g => g.Kind.ToString().ToLowerInvariant()),
                ("by", g => g.Granter.ToString()), ("with", g => g.Grantee.ToString()), ("since", g => Details.Time(g.CreatedAt))));
}
