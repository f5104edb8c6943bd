using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;

namespace Vantage.Cli.Programs;

/// <summary>
/// Where the programs lie that this command starts: where an environment variable says; else, in a checkout,
/// <c>artifacts/bin/&lt;project&gt;/release/</c>; else beside a published <c>cli/</c>.
/// </summary>
internal sealed record ProgramFinder(string Name, string Variable, string Published)
{
    public static readonly ProgramFinder Coordinator = new("Vantage.Coordinator", "VANTAGE_COORDINATOR", "coordinator");
    public static readonly ProgramFinder NodeAgent = new("Vantage.NodeAgent", "VANTAGE_NODEAGENT", "node");
    public static readonly ProgramFinder Worker = new("Vantage.Worker", "VANTAGE_WORKER", "node/worker");

    /// <summary>Somebody named another program than the installed one.</summary>
    public bool IsSet => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>Throws <see cref="VantageException"/> when it is nowhere.</summary>
    public string Find() => Find(Environment.GetEnvironmentVariable(Variable), AppContext.BaseDirectory);

    internal string Find(string? set, string here)
    {
        if (set is { Length: > 0 })
        {
            return File.Exists(set)
                ? Path.GetFullPath(set)
                : throw new VantageException(ExitCodeOf.ProgramMissing,
                $"{Variable} names {set}, and there is no such file.",
                    $"Let it name the executable of {Name}, or unset it.");
        }

        var places = Places(here).ToList();
        return places.Find(File.Exists)
            ?? throw new VantageException(ExitCodeOf.ProgramMissing,
                $"{Name} is not installed beside this command; looked at {string.Join(", ", places)}.",
                $"Install it, build it ('./vantage' does in a checkout), or name its executable in {Variable}.");
    }

    private IEnumerable<string> Places(string here)
    {
        var file = OperatingSystem.IsWindows() ? Name + ".exe" : Name;
        yield return Path.GetFullPath(Path.Combine(here, "..", "..", Name, "release", file));
        yield return Path.GetFullPath(Path.Combine(here, "..", Published, file));
    }
}
