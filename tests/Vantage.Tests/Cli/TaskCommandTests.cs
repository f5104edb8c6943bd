using System.Text.Json;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;
using Vantage.Statistics;
using Vantage.Statistics.Summaries;
using Vantage.Tests.Client;

namespace Vantage.Tests.Cli;

/// <summary>Asking and reading by commands, with sites that answer as the test says.</summary>
public sealed class TaskCommandTests
{
    [Fact]
    public async Task ASummary_IsATableOfAllSites_AndOneLineOfJson()
    {
        await using var federation = await AnsweringAsync();

        var shown = await RunAsync(federation, [.. Ask(federation), "--wait"]);
        var json = await RunAsync(federation, [.. Ask(federation), "--wait", "--json"]);

        Assert.Equal((ExitCodes.Ok, ExitCodes.Ok), (shown.ExitCode, json.ExitCode));
        Assert.Contains("age\t3\t0\t2\t1\t", shown.Out, StringComparison.Ordinal);
        Assert.Contains("over the rows of all 3 sites that were asked: North, South and West.", shown.Error,
            StringComparison.Ordinal);
        Assert.Contains("receipts verified: 3", shown.Error, StringComparison.Ordinal);
        Assert.Equal(1, json.Out.Count(c => c == '\n'));
        var read = JsonDocument.Parse(json.Out).RootElement;
        Assert.Equal(2, read.GetProperty("result").GetProperty("columns")[0].GetProperty("mean").GetDouble());
        Assert.Equal(["task", "job", "outcome", "analysis", "algorithm", "result", "sites", "receipts", "disclosure"],
            read.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("Succeeded", "summary", JsonValueKind.Null), (read.GetProperty("outcome").GetString(),
            read.GetProperty("analysis").GetString(), read.GetProperty("disclosure").ValueKind));
        var sites = read.GetProperty("sites");
        Assert.Equal(["asked", "answered", "missing", "notAsked", "holds", "note"],
            sites.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["North", "South", "West"], Texts(sites.GetProperty("answered")));
        Assert.Equal((0, true), (sites.GetProperty("missing").GetArrayLength(), sites.GetProperty("holds").GetBoolean()));
        var receipt = read.GetProperty("receipts")[2];
        Assert.Equal(["site", "run", "task", "round", "outcome", "digest", "verified"],
            receipt.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("West", 1, "Succeeded", true), (receipt.GetProperty("site").GetString(),
            receipt.GetProperty("round").GetInt32(), receipt.GetProperty("outcome").GetString(),
            receipt.GetProperty("verified").GetBoolean()));
        Assert.Equal(read.GetProperty("task").GetString(), receipt.GetProperty("task").GetString());
    }

    [Fact]
    public async Task ASiteThatDoesNotAnswer_LeavesNoResult_AndIsNamedWithItsReason()
    {
        await using var federation = await AnsweringAsync("South");

        var refused = await RunAsync(federation, [.. Ask(federation), "--wait"]);
        var problem = await RunAsync(federation, [.. Ask(federation), "--wait", "--json"]);

        Assert.Equal((ExitCodes.Failed, ExitCodes.Failed), (refused.ExitCode, problem.ExitCode));
        Assert.Contains("2 of 3 sites answered", refused.Error, StringComparison.Ordinal);
        Assert.Contains("South: refused by its rule 'by-hand': Not for this purpose.", refused.Error,
            StringComparison.Ordinal);
        Assert.Contains("--accept-missing", refused.Error, StringComparison.Ordinal);
        Assert.Contains("Not for this purpose",
            JsonDocument.Parse(problem.Error).RootElement.GetProperty("errors").GetProperty("South")[0].GetString(),
            StringComparison.Ordinal);
        var read = JsonDocument.Parse(problem.Out).RootElement;
        Assert.Equal(("Partial", JsonValueKind.Null), (read.GetProperty("outcome").GetString(),
            read.GetProperty("result").ValueKind));
        var sites = read.GetProperty("sites");
        Assert.False(sites.GetProperty("holds").GetBoolean());
        Assert.Equal(["North", "West"], Texts(sites.GetProperty("answered")));
        var missing = Assert.Single(sites.GetProperty("missing").EnumerateArray().ToList());
        Assert.Equal(("South", RunCodes.PolicyRefused), (missing.GetProperty("site").GetString(),
            missing.GetProperty("code").GetString()));
        Assert.Equal("refused by its rule 'by-hand': Not for this purpose.", missing.GetProperty("why").GetString());
        Assert.Equal(["Succeeded", "Refused", "Succeeded"],
            read.GetProperty("receipts").EnumerateArray().Select(r => r.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task WithMissingSitesAccepted_TheResultSaysOverWhomItIs()
    {
        await using var federation = await AnsweringAsync("South");

        var partial = await RunAsync(federation, [.. Ask(federation), "--wait", "--accept-missing", "--json"]);

        Assert.Equal(ExitCodes.Partial, partial.ExitCode);
        var read = JsonDocument.Parse(partial.Out).RootElement;
        var sites = read.GetProperty("sites");
        Assert.Equal("Partial", read.GetProperty("outcome").GetString());
        Assert.Equal(["North", "South", "West"], Texts(sites.GetProperty("asked")));
        Assert.Equal("South", sites.GetProperty("missing")[0].GetProperty("site").GetString());
        Assert.True(sites.GetProperty("holds").GetBoolean());
        Assert.Contains("over the rows of North and West only", sites.GetProperty("note").GetString(),
            StringComparison.Ordinal);
        Assert.Equal(["North", "West"], read.GetProperty("result").GetProperty("sites").EnumerateArray().Select(s =>
            s.GetString()));
        Assert.Equal(2, read.GetProperty("result").GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task WhereNobodyAnswers_AcceptingMissingSitesMakesNoResultOfNothing()
    {
        await using var federation = await AnsweringAsync("North", "South", "West");

        var failed = await RunAsync(federation, [.. Ask(federation), "--wait", "--accept-missing"]);

        Assert.Equal(ExitCodes.Failed, failed.ExitCode);
        Assert.Contains("0 of 3 sites answered", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AQuestionThatIsNotWaitedFor_IsPutTogetherLater()
    {
        await using var federation = await FakeFederation.StartAsync("South", "West");
        var asked = await RunAsync(federation, [.. Ask(federation), "--quiet"]);
        var task = asked.Out.Trim();

        var early = await RunAsync(federation, ["task", "result", task]);
        var explained = await RunAsync(federation, ["task", "explain", task]);
        foreach (var run in federation.Runs.Values)
        {
            run.End = run.Succeed(Partial(run.Site.Root.Name));
        }

        var result = await RunAsync(federation, ["task", "result", task, "--json"]);
        var one = await RunAsync(federation, ["task", "result", task, "--site", "South"]);

        Assert.Equal(ExitCodes.NotFound, early.ExitCode);
        Assert.Contains("0 of 3 sites have ended", early.Error, StringComparison.Ordinal);
        Assert.Contains("its node is offline, since", explained.Out, StringComparison.Ordinal);
        Assert.Contains("vantage node status", explained.Out, StringComparison.Ordinal);
        Assert.Equal(3, JsonDocument.Parse(result.Out).RootElement.GetProperty("result").GetProperty("rows")
            .GetInt32());
        Assert.Contains("\"rows\":1", one.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_OpensWhatASiteSealed_AndSaysWhatToDo()
    {
        await using var federation = await AnsweringAsync("South");
        await RunAsync(federation, [.. Ask(federation), "--wait"]);

        var explained = await RunAsync(federation, ["task", "explain", $"{federation.Submitted.Keys.Single()}"]);

        Assert.Equal(ExitCodes.Ok, explained.ExitCode);
        Assert.Contains("South: refused (policy-refused)", explained.Out, StringComparison.Ordinal);
        Assert.Contains("rule   by-hand", explained.Out, StringComparison.Ordinal);
        Assert.Contains("said   Not for this purpose.", explained.Out, StringComparison.Ordinal);
        Assert.Contains("next   Ask the site's admin", explained.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneFunction_IsAskedOfTheSitesThatWereNamed()
    {
        await using var federation = await AnsweringAsync();

        var run = await RunAsync(federation,
            [.. Ask(federation), "--function", "partial", "--organization", "South", "--wait", "--json"]);

        Assert.Equal(ExitCodes.Ok, run.ExitCode);
        var site = Assert.Single(JsonDocument.Parse(run.Out).RootElement.GetProperty("sites").EnumerateArray()
            .ToList());
        Assert.Equal("South", site.GetProperty("site").GetString());
        Assert.Equal(1, site.GetProperty("result").GetProperty("rows").GetInt32());
    }

    [Theory]
    [InlineData("[1]", "no JSON object")]
    [InlineData("{", "not JSON")]
    [InlineData("{\"columns\":[\"a\"],\"columns\":[\"b\"]}", "not JSON")]
    [InlineData("{\"colums\":[\"a\"]}", "'colums'")]
    [InlineData("{\"columns\":[]}", "'columns'")]
    public async Task WrongArguments_AreFoundBeforeAnybodyIsAsked(string arguments, string said)
    {
        await using var federation = await AnsweringAsync();

        var refused = await RunAsync(federation, [.. Ask(federation), "--args", arguments, "--wait"]);

        Assert.Equal(ExitCodes.Usage, refused.ExitCode);
        Assert.Contains(said, refused.Error, StringComparison.Ordinal);
        Assert.Empty(federation.Submitted);
    }

    [Fact]
    public async Task NamesOfOtherPeople_CannotForgeALineOfTheScreen()
    {
        await using var federation = await AnsweringAsync("South");
        federation.Refusal = "ok\u001b[2K\nNorth: succeeded\u202e";

        var shown = await RunAsync(federation, [.. Ask(federation), "--function", "partial", "--wait"]);

        Assert.DoesNotContain('\u001b', shown.Out);
        Assert.DoesNotContain('\u202e', shown.Out);
        Assert.DoesNotContain("\nNorth: succeeded\ufffd", shown.Out, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Texts(JsonElement array) => array.EnumerateArray().Select(t => t.GetString());

    internal static string[] Ask(FakeFederation federation) =>
        ["task", "run", "--algorithm", "summary", "--collaboration", $"{federation.Collaboration}", "--data",
            "patients"];

    internal static Task<CliRun> RunAsync(FakeFederation federation, IEnumerable<string> args) =>
        CliRun.OfAsync(null, [.. args, "--home", federation.Home.Directory], federation.Clock);

    /// <summary>Three sites of one row each: ages 1, 2 and 3.</summary>
    internal static async Task<FakeFederation> AnsweringAsync(params string[] refusing)
    {
        var federation = await FakeFederation.StartAsync("South", "West");
        federation.Answer = (site, run) => refusing.Contains(site.Root.Name)
            ? run.Fail(RunOutcome.Refused, RunCodes.PolicyRefused, federation.Refusal)
            : run.Succeed(Partial(site.Root.Name));
        return federation;
    }

    internal static byte[] Partial(string site) => JsonSerializer.SerializeToUtf8Bytes(
        new SummaryPartial(1, [new ColumnMoments("age", 1, 0, site switch { "North" => 1, "South" => 2, _ => 3 }, 0,
        0)], []),
        StatisticsJson.Default.SummaryPartial);
}
