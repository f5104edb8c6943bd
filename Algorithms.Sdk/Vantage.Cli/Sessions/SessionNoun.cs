using System.CommandLine;
using Vantage.Cli.CommandLine;

namespace Vantage.Cli.Sessions;

/// <summary>
/// <c>vantage session</c>: tables that the sites prepare and keep. Each command is a task like any other, and exits with the
/// codes of tasks.
/// </summary>
internal static class SessionNoun
{
    public static void Fill(Command noun, CliConsole console) => noun.With(
        PrepareCommand.Build(console),
        FrameCommands.List(console),
        FrameCommands.Show(console),
        FrameCommands.End(console));
}
