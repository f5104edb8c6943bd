using System.CommandLine;
using Vantage.Cli.CommandLine;

namespace Vantage.Cli.Results;

/// <summary><c>vantage result</c>: who else may read what came of a task.</summary>
internal static class ResultCommands
{
    public static void Fill(Command noun, CliConsole console) => noun.With(
        ShareCommand.Build(console), UnshareCommand.Build(console), SharedCommand.Build(console));
}
