using System.Text.Json;
using Vantage.Cli.Engines;
using Vantage.Cli.Federations;
using Vantage.Client.Errors;
using Vantage.Client.Home;

namespace Vantage.Cli.Sandboxes;

/// <summary>
/// Takes a sandbox away, whole or broken: nodes first, as they would end in order, then the Coordinator, which ends its
/// database, then whatever is left; then the files. Done twice is done once.
/// </summary>
internal static class SandboxEnd
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The processes that it ended.</summary>
    public static async Task<IReadOnlyList<EndedProgram>> EndAsync(SandboxHome home, SandboxState state)
    {
        var ended = new List<EndedProgram>();
        await EndAsync(state.Programs.Where(p => p.Site is not null).Select(p => (p.Role, p.Process)), ended);
        await EndAsync(state.Programs.Where(p => p.Site is null).Select(p => (p.Role, p.Process)), ended);
        if (ProgramHunt.Postmaster(state.Folder) is { } server)
        {
            await EndAsync([("database", server)], ended, Signals.Interrupt);
        }

        await EndAsync(ProgramHunt.Find(state.Folder).Select(p => ("left over", p)), ended);
        if (state.Engine is { } engine)
        {
            using var there = new LocalEngine(engine.Socket);
            await there.ClearAsync(state.Sites.Select(site => NodeOf(site.NodeFolder)).OfType<string>(), engine.Images);
        }

        if (Directory.Exists(state.Folder))
        {
            Directory.Delete(state.Folder, recursive: true);
        }

        Leave(home.Profiles, state);
        home.Clear(state.MadeHome);
        return ended;
    }

    /// <summary>The id under which the node of a folder marks its containers; null if it was never enrolled.</summary>
    private static string? NodeOf(string folder)
    {
        try
        {
            using var identity = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "node.json")));
            return identity.RootElement.GetProperty("node").GetString();
        }
        catch (Exception e) when (e is IOException or JsonException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static async Task EndAsync(IEnumerable<(string Role, ProcessMark Process)> programs, List<EndedProgram> ended, int? signal = null)
    {
        var living = programs.Where(p => p.Process.Lives).ToList();
        ended.AddRange(living.Select(p => new EndedProgram(p.Role, p.Process.Id)));
        foreach (var (_, process) in living)
        {
            Send(process, signal);
        }

        if (await AreGoneAsync(living))
        {
            return;
        }

        foreach (var (_, process) in living)
        {
            Send(process, Signals.End);
        }

        if (!await AreGoneAsync(living))
        {
            var stuck = living.First(p => p.Process.Lives);
            throw new VantageException(LocalFederation.Failed, $"Process {stuck.Process.Id} ({stuck.Role}) does not end.",
                "Look at it (ps -fp ID), then say 'vantage sandbox down' again: nothing of its files was removed.");
        }
    }

    private static void Send(ProcessMark process, int? signal)
    {
        if (!process.Lives)
        {
            return;
        }

        if (signal is { } number)
        {
            Signals.Send(process.Id, number);
        }
        else
        {
            Signals.Send(process.Id);
        }
    }

    private static async Task<bool> AreGoneAsync(IReadOnlyList<(string Role, ProcessMark Process)> processes)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += TimeSpan.FromMilliseconds(50))
        {
            if (!processes.Any(p => p.Process.Lives))
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        return false;
    }

    /// <summary>Whoever chose another profile meanwhile keeps it.</summary>
    private static void Leave(ProfileBook profiles, SandboxState state)
    {
        var wasInUse = profiles.Current == SandboxHome.Profile;
        if (profiles.Has(SandboxHome.Profile))
        {
            profiles.Remove(SandboxHome.Profile);
        }

        if (wasInUse)
        {
            profiles.Use(profiles.Has(state.PreviousProfile) ? state.PreviousProfile : ProfileBook.Default);
        }
    }
}

internal sealed record EndedProgram(string Role, int Process);
