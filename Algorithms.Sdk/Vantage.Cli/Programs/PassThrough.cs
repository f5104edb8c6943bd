using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Client.Errors;

namespace Vantage.Cli.Programs;

/// <summary>
/// Commands that belong to another program: it gets every further argument as it is, and its output, signals and exit
/// code are the command's own.
/// </summary>
internal sealed record PassThrough(string Noun, string Verb, string Description, ProgramFinder Program)
{
    public static IReadOnlyList<PassThrough> Table { get; } =
    [
        new("coordinator", "run", "Run the Coordinator until it is told to stop.", ProgramFinder.Coordinator),
        new("node", "setup", "Make a node's folder and enrol it with its code.", ProgramFinder.NodeAgent),
        new("node", "run", "Run the node until it is told to stop.", ProgramFinder.NodeAgent),
        new("node", "check", "See whether everything a node needs is in order.", ProgramFinder.NodeAgent),
        new("node", "data", "Add sources of data, check them, and say what they hold.", ProgramFinder.NodeAgent),
        new("node", "memory", "Which answers about a source the node remembers, and to have them forgotten.", ProgramFinder.NodeAgent),
        new("node", "keys", "Change a node's keys.", ProgramFinder.NodeAgent),
        new("node", "policy", "Write a node's policy, and explain what it allows.", ProgramFinder.NodeAgent),
        new("node", "approvals", "See and answer what waits for a person of the site.", ProgramFinder.NodeAgent),
        new("node", "audit", "What the node did, and what it keeps of the Coordinator's audit trail.", ProgramFinder.NodeAgent),
        new("node", "image", "Take images out of files, for nodes that reach no registry.", ProgramFinder.NodeAgent),
        new("node", "pause", "Let a running node claim nothing more.", ProgramFinder.NodeAgent),
        new("node", "resume", "Let a paused node claim again.", ProgramFinder.NodeAgent),
        new("node", "drain", "Let a node finish what it has, then stop.", ProgramFinder.NodeAgent),
        new("node", "status", "What a running node is doing.", ProgramFinder.NodeAgent),
    ];

    public static PassThrough? Of(string[] args) =>
        args.Length < 2 ? null : Table.FirstOrDefault(entry => entry.Noun == args[0] && entry.Verb == args[1]);

    public int Run(string[] args, CliConsole console)
    {
        try
        {
            return ChildProgram.Become(Program.Find(), [Verb, .. args]);
        }
        catch (VantageException e)
        {
            var code = ExitCodeOf.Error(e);
            new Output(console, args.Contains("--json") ? OutputMode.Json : OutputMode.Text).Error(e, code);
            return code;
        }
    }
}
