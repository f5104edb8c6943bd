using System.Text.Json;
using Vantage.Cli.Algorithms.Authoring;
using Vantage.Cli.Printing;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
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
        await AssertLeavesAsync(program, made);
    }

    /// <summary>Of a site with the rules that hold where a policy says nothing, the first answer needs no person.</summary>
    private static async Task AssertLeavesAsync(AuthorProgram program, string made)
    {
        using var key = SigningKey.Create();
        await File.WriteAllTextAsync(Path.Combine(made, "authors.pub"), key.PublicKey.ToPem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(made, "policy.yaml"), Policy, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(made, "west.csv"), "age\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{40 + i}\n")), TestContext.Current.CancellationToken);

        var (code, output, error) = await Verbs.RunAsync([
            "rehearse", "--program", program.File, .. program.Interpreter is { } by ? new[] { "--interpreter", by } : [], "--function", "partial",
            "--policy", Path.Combine(made, "policy.yaml"), "--as", "oci:registry.example.org/stats/my-mean",
            "--args", """{"column":"age"}""", "--json", Path.Combine(made, "west.csv")]);

        Assert.True(code == ExitCodes.Ok, output + error);
        var site = JsonElement.Parse(output).GetProperty("sites")[0];
        Assert.StartsWith("leaves", site.GetProperty("leaves").GetString(), StringComparison.Ordinal);
    }

    private const string Policy = """
        version: 1
        runtime: { docker: allow }
        publishers: [{ name: authors, key: authors.pub, repositories: ["registry.example.org/stats/*"] }]
        accept:
          - name: means
            collaborations: [col_000000000000000000000000000000c1]
            requesters: { organizations: [org_000000000000000000000000000000a1] }
            algorithms: ["oci:registry.example.org/stats/my-mean"]
            publishers: [authors]
            functions: [partial]
            data: [{ source: patients, columns: [age] }]
            recipients: { organizations: [org_000000000000000000000000000000a1] }

        """;

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
