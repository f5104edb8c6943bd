using System.CommandLine;
using Vantage.Cli.CommandLine;

namespace Vantage.Cli.Charters;

/// <summary>
/// <c>vantage charter</c>: what the organizations of a collaboration sign together. One admin drafts and proposes, others
/// sign, whoever is new joins; from then on every node and person of the members knows, and nobody edits a file.
/// </summary>
internal static class CharterCommands
{
    public static void Fill(Command noun, CliConsole console) => noun.With(
        ShowCommand.Build(console),
        DraftCommand.Build(console),
        DiffCommand.Build(console),
        ProposeCommand.Build(console),
        SignCommand.Build(console),
        JoinCommand.Build(console));
}
