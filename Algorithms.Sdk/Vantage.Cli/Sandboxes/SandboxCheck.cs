using Vantage.Cli.Federations;
using Vantage.Client.Errors;

namespace Vantage.Cli.Sandboxes;

/// <summary>Goes through a sandbox: its processes, its files, and whether the Coordinator hears of each node.</summary>
internal static class SandboxCheck
{
    private const string Again = "Take it away and make it again: vantage sandbox down, then up.";

    public static async Task<SandboxView> LookAsync(SandboxState state, CancellationToken cancellationToken)
    {
        var view = SandboxView.Of(state);
        var problems = new List<string>();
        if (!state.Ready)
        {
            return state.Maker.Lives ? view
                : view with { State = "broken", Problems = ["Its start was broken off. Take it away: vantage sandbox down"] };
        }

        problems.AddRange(view.Programs.Where(p => !p.Running).Select(p =>
            $"{p.Role}{(p.Site is null ? "" : $" of {p.Site}")} (process {p.Process}) has ended; its log is {state.Folder}/{p.Role}.log. {Again}"));
        if (OperatingSystem.IsLinux() && ProgramHunt.Postmaster(state.Folder) is null)
        {
            problems.Add($"The database has ended; its log is in {state.Folder}/coordinator/database/cluster. {Again}");
        }

        problems.AddRange(state.Sites.Where(s => !File.Exists(s.File)).Select(s =>
            $"{s.Site}: {s.File} is no longer there. Put it back, or make the sandbox again over other files."));
        if (problems.Count == 0)
        {
            problems.AddRange(await SilentAsync(state, cancellationToken));
        }

        return view with { State = problems.Count == 0 ? "up" : "broken", Problems = problems };
    }

    /// <summary>Processes may run and yet not reach each other.</summary>
    private static async Task<IReadOnlyList<string>> SilentAsync(SandboxState state, CancellationToken cancellationToken)
    {
        try
        {
            var admin = new Person("the Coordinator's admin", Path.Combine(state.Folder, "people", "admin"), cancellationToken);
            var nodes = (await admin.AskAsync("node", "list")).GetProperty("items").EnumerateArray()
                .ToDictionary(n => n.GetProperty("name").GetString()!, n => n.GetProperty("online").GetBoolean());
            return [.. state.Sites.Where(s => !nodes.GetValueOrDefault($"{s.Site} node")).Select(s =>
                $"The Coordinator hears nothing of the node of {s.Site}; its log is {state.Folder}/node-{Path.GetFileName(s.NodeFolder)}.log.")];
        }
        catch (VantageException e)
        {
            return [$"The Coordinator does not answer on {state.Url}: {e.What}"];
        }
    }
}
