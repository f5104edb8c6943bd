using System.Text.Json;
using Vantage.Protocol.Errors;
using Vantage.Tests.Kits;
using Vantage.Tests.NodeAgent.Doubles;

namespace Vantage.Tests.NodeAgent.Rehearsals;

/// <summary>An author's program over files as sites, by the node that will run it.</summary>
public sealed class RehearsalTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task ACentralFunction_AsksEverySite_AndAllAnswersAreShown()
    {
        var (code, output, _) = await RehearseAsync("mean", "age", ["north=" + File("a.csv", "age\n40\nNA\n"), File("south.csv", "age,sex\n50,f\n60,m\n")]);

        var report = JsonElement.Parse(output);
        Assert.Equal(ExitCodes.Ok, code);
        Assert.Equal(50, report.GetProperty("result").GetProperty("mean").GetDouble());
        Assert.Equal(["north 1", "south 2"], report.GetProperty("sites").EnumerateArray()
            .Select(site => $"{site.GetProperty("site").GetString()} {site.GetProperty("result").GetProperty("n").GetInt32()}"));
    }

    /// <summary>An author sees what a node would withhold, and the line as it stands in the file.</summary>
    [Fact]
    public async Task ASiteThatFails_IsShownWithItsFileAndLine_AndTheRehearsalFails()
    {
        var (code, output, _) = await RehearseAsync("moments", "age", [File("north.csv", "age\n40\n"), File("south.csv", "sex,age\n\nf,1\n\nm,x1\n")],
            "--args-file", File("arguments.json", """{"column":"age"}"""));

        var sites = JsonElement.Parse(output).GetProperty("sites");
        Assert.Equal(ExitCodes.Failed, code);
        Assert.Equal(1, sites[0].GetProperty("result").GetProperty("n").GetInt32());
        Assert.Equal(RunCodes.DataInvalid, sites[1].GetProperty("failure").GetProperty("code").GetString());
        Assert.Contains("south.csv, line 5; 1 other cells are numbers", sites[1].GetProperty("failure").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheLog_IsHeardWithWhoSaidIt()
    {
        var (code, _, error) = await RehearseAsync("say", null, [File("north.csv", "age\n40\n")], "--args", """{"lines":["one","two"]}""");

        Assert.Equal(ExitCodes.Ok, code);
        Assert.Contains("north | one\nnorth | two\n", error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("north | 50 %", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("has no function 'median'", "median", "north.csv")]
    [InlineData("at least one CSV file", "mean")]
    [InlineData("There is no file", "mean", "absent.csv")]
    [InlineData("Two sites are called 'north'", "mean", "north.csv", "north=north.csv")]
    public async Task AWrongCommandLine_IsToldWithWhatWasMeant(string says, string function, params string[] files)
    {
        File("north.csv", "age\n40\n");

        var (code, _, error) = await RehearseAsync(function, "age",
            [.. files.Select(file => file.Contains('=', StringComparison.Ordinal)
                ? "north=" + Path.Combine(folder.FullName, "north.csv")
                : Path.Combine(folder.FullName, file))]);

        Assert.True(code is ExitCodes.Usage or ExitCodes.Configuration, $"{code}");
        Assert.Contains(says, JsonElement.Parse(error).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsNoAlgorithm_IsSaidToBeNone()
    {
        var (code, _, error) = await Verbs.RunAsync("rehearse", "--program", "/bin/true", File("north.csv", "age\n40\n"));

        Assert.Equal(ExitCodes.Configuration, code);
        Assert.Contains("'manifest'", error, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> RehearseAsync(
        string function, string? column, IEnumerable<string> data, params IEnumerable<string> more) => Verbs.RunAsync([
            "rehearse", "--program", Kit.Program("python"), "--function", function,
            .. column is null || more.Any() ? [] : new[] { "--args", $$"""{"column":"{{column}}"}""" }, .. more, "--json", .. data]);

    private string File(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
