using System.CommandLine;
using System.Text.Json;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Programs;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.Cli;

/// <summary>What holds for every command, and what a slip of the keyboard meets.</summary>
public sealed class CommandLineTests
{
    /// <summary>Without those that belong to another program.</summary>
    public static TheoryData<string> Leaves => [.. Commands().Where(c => c.Subcommands.Count == 0)
        .Select(c => string.Join(' ', Misuse.Path(c).Skip(1))).Where(path => PassThrough.Of(path.Split(' ')) is null)];

    [Theory]
    [MemberData(nameof(Leaves))]
    public async Task EveryCommand_ExplainsItself(string command)
    {
        var help = await CliRun.OfAsync([.. command.Split(' '), "--help"]);

        Assert.Equal(ExitCodes.Ok, help.ExitCode);
        Assert.Contains(command, help.Out, StringComparison.Ordinal);
        Assert.Contains("--json", help.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryCommandOptionAndArgument_IsDescribed()
    {
        var silent = Commands().SelectMany(c => new Symbol[] { c }.Concat(c.Options).Concat(c.Arguments))
            .Where(s => string.IsNullOrWhiteSpace(s.Description)).Select(s =>
            $"{s.Parents.FirstOrDefault()?.Name} {s.Name}");

        Assert.Empty(silent);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("organisation", "'vantage' has no 'organisation'. It has: demo, sandbox, coordinator, login,")]
    [InlineData("org", "'vantage org' needs to know what to do: create, list, show.")]
    [InlineData("org remove", "'vantage org' has no 'remove'.")]
    [InlineData("org create", "Required argument missing")]
    [InlineData("org create North --colour blue", "--colour")]
    [InlineData("task run --collaboration study", "--algorithm")]
    [InlineData("task show 7", "'7' is not a task's id")]
    public async Task AMistake_IsNamedAndEndsWithTheUsageCode(string line, string said)
    {
        var mistake = await CliRun.OfAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(ExitCodes.Usage, mistake.ExitCode);
        Assert.Contains(said, mistake.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("org list")]
    [InlineData("org")]
    [InlineData("task show 7")]
    public async Task WithJson_AnErrorIsOneProblemOnStandardError(string line)
    {
        using var nowhere = new Client.TempFolder();

        var failed = await CliRun.OfAsync([.. line.Split(' '), "--json", "--home", nowhere["home"]]);

        Assert.Empty(failed.Out);
        Assert.Equal(1, failed.Error.Count(c => c == '\n'));
        using var problem = JsonDocument.Parse(failed.Error);
        Assert.Equal(failed.ExitCode, problem.RootElement.GetProperty("exitCode").GetInt32());
        Assert.StartsWith("urn:vantage:error:", problem.RootElement.GetProperty("type").GetString(),
            StringComparison.Ordinal);
        Assert.NotEmpty(problem.RootElement.GetProperty("next").GetString()!);
    }

    [Theory]
    [InlineData("help", "vantage")]
    [InlineData("help org", "org [command]")]
    [InlineData("help task run", "task run [options]")]
    public async Task Help_MayBeAskedForInFront(string line, string said)
    {
        var help = await CliRun.OfAsync(line.Split(' '));

        Assert.Equal(ExitCodes.Ok, help.ExitCode);
        Assert.Contains(said.Replace("vantage", "Commands:", StringComparison.Ordinal), help.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheTableOfExitCodes_IsPrinted()
    {
        var help = await CliRun.OfAsync("help", "exit-codes");

        Assert.All(ExitCodes.Table, row =>
            Assert.Contains($"{row.Code,4}  {row.Name}", help.Out, StringComparison.Ordinal));
        Assert.Equal(ExitCodes.Table.Count, ExitCodes.Table.DistinctBy(row => row.Code).Count());
        Assert.Equal(ExitCodes.Table.Count, ExitCodes.Table.DistinctBy(row => row.Name).Count());
    }

    internal static IEnumerable<Command> Commands() => Walk(VantageCommand.Build(
        new CliConsole(TextReader.Null, TextWriter.Null, TextWriter.Null), null, everything: true));

    private static IEnumerable<Command> Walk(Command command) => command.Subcommands.SelectMany(Walk).Prepend(command);
}
