using Vantage.Cli.CommandLine;

namespace Vantage.Tests.Cli;

/// <summary>What a command wrote and how it ended.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    /// <summary>Carries out a command line in this process.</summary>
    public static async Task<CliRun> OfAsync(params IEnumerable<string> args) => await OfAsync(null, args);

    /// <param name="answers">What a person types, if one sits there.</param>
    /// <param name="args">The command line.</param>
    /// <param name="time">The clock.</param>
    public static async Task<CliRun> OfAsync(string? answers, IEnumerable<string> args, TimeProvider? time = null)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var console = new CliConsole(new StringReader(answers ?? ""), output, error)
        {
            InIsTerminal = answers is not null,
            Time = time ?? TimeProvider.System,
        };
        var code = await VantageCommand.RunAsync([.. args], console, TestContext.Current.CancellationToken);
        return new CliRun(code, output.ToString(), error.ToString());
    }
}
