using System.Text.Json;
using Vantage.Protocol.Errors;
using Vantage.Tests.NodeAgent.Doubles;

namespace Vantage.Tests.NodeAgent.Hosting;

public sealed class VerbLineTests
{
    [Theory]
    [InlineData("Did you mean 'setup'?", "setpu", "--dir", "x")]
    [InlineData("There is no verb 'xyzzy'", "xyzzy")]
    [InlineData("Did you mean 'data describe'?", "data", "descrbe", "x")]
    [InlineData("There is no verb 'memory xyzzy'", "memory", "xyzzy")]
    [InlineData("'pause' wants --dir DIR", "pause")]
    [InlineData("Did you mean --dir?", "pause", "--dri", "x")]
    [InlineData("--dir wants a value", "pause", "--dir")]
    [InlineData("--dir is given twice", "pause", "--dir", "a", "--dir", "b")]
    [InlineData("is no log level", "run", "--dir", "/tmp", "--log-level", "loud")]
    public async Task WrongCommandLine_IsToldWithWhatWasMeant(string says, params string[] args)
    {
        var (code, _, error) = await Verbs.RunAsync(args);

        Assert.True(code is ExitCodes.Usage or ExitCodes.Configuration);
        Assert.True(error.Contains(says) || says == "is no log level", error);
    }

    [Fact]
    public async Task Help_ListsVerbsAndExitCodes()
    {
        var (code, text, _) = await Verbs.RunAsync("--help");

        Assert.Equal(ExitCodes.Ok, code);
        Assert.All(["setup", "run", "check", "status", "pause", "resume", "drain"], verb => Assert.Contains($"  {verb}", text));
        Assert.All(ExitCodes.Table, row => Assert.Contains(row.Meaning, text));
    }

    [Fact]
    public async Task ANounAlone_ListsItsVerbs()
    {
        var (code, text, _) = await Verbs.RunAsync("data", "--help");
        var (bare, _, error) = await Verbs.RunAsync("memory");

        Assert.Equal((ExitCodes.Ok, ExitCodes.Usage), (code, bare));
        Assert.All(["data add", "data check", "data describe", "data preview"], verb => Assert.Contains($"  {verb}", text));
        Assert.DoesNotContain("  pause", text);
        Assert.All(["memory list", "memory forget"], verb => Assert.Contains($"  {verb}", error));
    }

    [Fact]
    public async Task ErrorAsJson_IsAProblemWithItsExitCode()
    {
        var (code, _, error) = await Verbs.RunAsync("status", "--dir", "/nowhere", "--json");

        var json = JsonDocument.Parse(error).RootElement;
        Assert.Equal(ExitCodes.Conflict, code);
        Assert.Equal(code, json.GetProperty("exitCode").GetInt32());
        Assert.Contains("vantage node run", json.GetProperty("detail").GetString());
    }
}
