using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Protocol.Errors;

namespace Vantage.Cli.Help;

/// <summary><c>vantage help exit-codes</c>.</summary>
internal static class HelpCommands
{
    public static void Fill(Command noun, CliConsole console) => noun.With(
        new Command("exit-codes", "How commands end, for scripts.").Does(console, (call, _) =>
        {
            call.Output.Result(new ExitCodeList(ExitCodes.Table), CliJson.Default.ExitCodeList, null, text =>
            {
                foreach (var row in ExitCodes.Table)
                {
                    text.WriteLine($"{row.Code,4}  {row.Name,-14} {row.Meaning}");
                }
            });
            return Task.CompletedTask;
        }));
}

internal sealed record ExitCodeList(IReadOnlyList<ExitCode> ExitCodes);
