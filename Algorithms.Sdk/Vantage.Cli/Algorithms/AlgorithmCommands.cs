using System.CommandLine;
using Vantage.Cli.Algorithms.Adopting;
using Vantage.Cli.Algorithms.Authoring;
using Vantage.Cli.CommandLine;

namespace Vantage.Cli.Algorithms;

/// <summary>
/// <c>vantage algorithm</c>: what an author does with an image, and what everyone may look at. Nodes run only what a
/// publisher of theirs signed.
/// </summary>
internal static class AlgorithmCommands
{
    public static void Fill(Command noun, CliConsole console) => noun.With(
        NewCommand.Build(console),
        TestCommand.Build(console),
        PushCommand.Build(console),
        SignCommand.Build(console),
        AdoptCommand.Build(console),
        SaveCommand.Build(console),
        VerifyCommand.Build(console),
        InspectCommand.Build(console),
        RevokeCommand.Build(console));
}
