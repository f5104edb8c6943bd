using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Programs;

namespace Vantage.Cli.Coordinator;

/// <summary><c>vantage coordinator</c>: the Coordinator's own program, started from here.</summary>
internal static class CoordinatorCommands
{
    public static void Fill(Command noun, CliConsole console) => PassThroughCommands.Add(noun);
}
