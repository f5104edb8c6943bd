using Vantage.Cli.Printing;
using Vantage.Protocol.Api;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Cli.Tasks.Asking;

/// <summary>
/// How far a question is: on a terminal one line that is written over, else a line for each change of the first round
/// and one for each round after it. A site that gives nothing gets a line of its own either way.
/// </summary>
internal sealed class RoundProgress(Output output, Func<OrganizationId, string> site)
{
    private const string ClearLine = "\r\u001b[2K";
    private readonly ProgressLines lines = new(output, site);
    private readonly HashSet<RunId> failed = [];
    private readonly HashSet<int> done = [];
    private readonly bool inPlace = output.Mode == OutputMode.Text && output.Console.ErrorIsTerminal;

    public void Show(int round, TaskView view)
    {
        if (!inPlace && round == 1)
        {
            lines.Show(view);
            return;
        }

        foreach (var run in view.Runs.Where(r => r.Outcome is not (null or RunOutcome.Succeeded) && failed.Add(r.Id)))
        {
            Clear();
            output.Say($"round {round}: {ShowCommand.Line(run, site)}");
        }

        var answered = view.Runs.Count(r => r.Outcome == RunOutcome.Succeeded);
        var text = $"round {round}: {answered}/{view.Runs.Count} sites answered";
        if (inPlace)
        {
            text += Held(view);
            // A line that wraps can't be written over.
            output.Console.Error.Write(ClearLine
                + (text.Length < output.Console.Width ? text : text[..(output.Console.Width - 2)] + "…"));
        }
        else if (view.Outcome is not null && done.Add(round))
        {
            output.Say(text);
        }
    }

    /// <summary>Leaves the line empty for what comes next.</summary>
    public void Clear()
    {
        if (inPlace)
        {
            output.Console.Error.Write(ClearLine);
        }
    }

    /// <summary>Who keeps the others waiting.</summary>
    private string Held(TaskView view) =>
        view.Runs.FirstOrDefault(r => r is { Outcome: null, Waiting: not WaitingReason.None }) is { } run
            ? $"; waiting for {Listing.OneLine(site(run.Organization))}, because {TaskWords.Waiting(run)}" : "";
}
