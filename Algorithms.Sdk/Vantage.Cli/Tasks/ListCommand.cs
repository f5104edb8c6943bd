using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.Tasks;

/// <summary><c>vantage task list</c>.</summary>
internal static class ListCommand
{
    private const int Enough = 50;

    public static Command Build(CliConsole console)
    {
        var collaboration = new Option<string?>("--collaboration") { Description = "Id or name." };
        var count = new Option<int>("--count")
        {
            Description = "At most so many, the newest first.",
            DefaultValueFactory = _ => Enough,
        };
        return new Command("list", "Tasks that you can see, the newest first.").With(collaboration, count)
            .Does(console, async (call, cancellationToken) =>
            {
                CollaborationId? id = call.Value(collaboration) is { } text
                    ? await Lookup.CollaborationAsync(call.Client, text, cancellationToken) : null;
                await call.Output.ListAsync(call.Client.ListTasksAsync(id, cancellationToken).Take(call.Value(count)),
                    CliJson.Default.ItemListTaskView, t => t.Id.ToString(),
                    ("id", t => t.Id.ToString()), ("algorithm", t => $"{t.Algorithm.Name} {t.Function}"),
                    ("state", t => TaskWords.Outcome(t.Outcome)),
                    ("runs", t => $"{t.Runs.Count(r => r.Outcome is not null)}/{t.Runs.Count}"),
                    ("created", t => Details.Time(t.CreatedAt)));
            });
    }
}
