using System.Text.Json;
using Vantage.Cli.Algorithms.Authoring;
using Vantage.Cli.Printing;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Errors;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.Notebooks;

namespace Vantage.Tests.Cli.Algorithms;

/// <summary>What <c>vantage algorithm new</c> makes is complete: it builds, passes its own tests, and runs as a node runs it.</summary>
public sealed class NewAlgorithmTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("python", "/usr/bin/python3", "-B", "-m", "unittest")]
    [InlineData("r", "Rscript", "--vanilla", "test_algorithm.R")]
    [InlineData("dotnet", null)]
    public async Task ANewAlgorithm_PassesItsOwnTests_AndAnswersLikeTheOthers(string language, string? tester, params string[] words)
    {
        var made = NewCommand.Make("my-mean", language, folder.FullName);
        if (tester is not null)
            await OtherLanguage.RunAsync(tester, made, words, TestContext.Current.CancellationToken);
        var program = await AuthorProgram.FindAsync(made, Silent(), TestContext.Current.CancellationToken);

        var (code, output, error) = await Verbs.RunAsync([
            "rehearse", "--program", program.File, .. program.Interpreter is { } by ? new[] { "--interpreter", by } : [],
            "--args", """{"column":"age"}""", "--json", Path.Combine(made, "north.csv"), Path.Combine(made, "south.csv")]);

        Assert.True(code == ExitCodes.Ok, output + error);
        var report = JsonElement.Parse(output);
        Assert.Equal(("my-mean", "central"), (report.GetProperty("algorithm").GetString(), report.GetProperty("function").GetString()));
        // 40, 50, 60 over two sites, one cell missing.
        Assert.Equal((3, 50.0), (report.GetProperty("result").GetProperty("n").GetInt32(), report.GetProperty("result").GetProperty("mean").GetDouble()));
        Assert.Contains("north | reading 'age'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsOverwritten_AndNamesAreThoseOfAlgorithms()
    {
        NewCommand.Make("mean", "python", folder.FullName);

        Assert.Equal(ErrorCodes.Conflict, Assert.Throws<VantageException>(() => NewCommand.Make("mean", "r", folder.FullName)).Code);
        Assert.All(["Mean", "-mean", "mean_2", "../mean", ""], name =>
            Assert.Equal(UsageException.Code, Assert.Throws<VantageException>(() => NewCommand.Make(name, "python", folder.FullName)).Code));
    }

    [Fact]
    public async Task AFolderWithoutAnAlgorithm_IsToldSo()
    {
        var told = await Assert.ThrowsAsync<VantageException>(() =>
            AuthorProgram.FindAsync(folder.FullName, Silent(), TestContext.Current.CancellationToken));

        Assert.Contains("algorithm.py", told.What, StringComparison.Ordinal);
    }

    private static Output Silent() => new(new CliConsole(TextReader.Null, TextWriter.Null, TextWriter.Null), OutputMode.Quiet);
}
