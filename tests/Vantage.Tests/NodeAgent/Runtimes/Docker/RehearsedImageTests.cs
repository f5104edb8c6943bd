using System.Text.Json;
using Vantage.Protocol.Errors;
using Vantage.Tests.NodeAgent.Doubles;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker;

/// <summary>An author's image, unsigned and in no registry, in the containers that a node would make of it.</summary>
[Collection(EngineTests.Name)]
public sealed class RehearsedImageTests(ProbeImage image) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task AnImage_RunsOverEachFile_InItsSandbox_AndLeavesNothing()
    {
        TestEngine.Require();
        using var engine = new TestEngine();
        var before = await RehearsalsAsync(engine);

        var (code, output, error) = await Verbs.RunAsync("rehearse", "--image", image.Mean, "--engine", TestEngine.Socket, "--function", "partial",
            "--args", """{"columns":["age"]}""", "--json", Write("north.csv", "age\n40\n50\n"), Write("south.csv", "age\n60\n"));

        Assert.True(code == ExitCodes.Ok, error + output);
        Assert.Equal(["north 2 90", "south 1 60"], JsonElement.Parse(output).GetProperty("sites").EnumerateArray().Select(site =>
            $"{site.GetProperty("site").GetString()} {site.GetProperty("result").GetProperty("count").GetInt32()} {site.GetProperty("result").GetProperty("sum").GetDouble()}"));
        Assert.Equal(before, await RehearsalsAsync(engine));
    }

    [Theory]
    [InlineData("no-such-image", "has no image of that name")]
    [InlineData(null, "does not say what it computes")]
    public async Task WhatIsNoAlgorithm_IsSaidToBeNone(string? name, string says)
    {
        TestEngine.Require();

        var (code, _, error) = await Verbs.RunAsync("rehearse", "--image", name ?? image.Id, "--engine", TestEngine.Socket, Write("north.csv", "age\n40\n"));

        Assert.Equal(ExitCodes.Configuration, code);
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADebugger_DoesNotGetIn()
    {
        var (code, _, error) = await Verbs.RunAsync("rehearse", "--image", "any", "--wait-for-debugger", Write("north.csv", "age\n40\n"));

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains("sealed container", error, StringComparison.Ordinal);
    }

    private static async Task<int> RehearsalsAsync(TestEngine engine)
    {
        using var answer = await engine.Calls.OpenAsync(HttpMethod.Get, "containers/json?all=true", null, null, TestContext.Current.CancellationToken);
        return (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("vtg-rehearsal-").Length - 1;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
