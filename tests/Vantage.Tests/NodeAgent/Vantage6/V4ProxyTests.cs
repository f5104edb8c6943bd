using System.Net;
using System.Text;
using Vantage.NodeAgent.Vantage6;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Tests.NodeAgent.Vantage6;

/// <summary>Every call that vantage6's tools make, and what must not be got by any.</summary>
public sealed class V4ProxyTests
{
    [Fact]
    public async Task ATask_IsAskedOfItsSites_AndItsResultsAreThere_WhenAllHaveAnswered()
    {
        await using var bench = await V4Bench.StartAsync();
        bench.Sites.Instead["east"] = new SubtaskEnd("east", RunOutcome.Failed, Failure: new RunFailure(RunCodes.AlgorithmFailed, "It broke."));

        var (status, task) = await bench.AskAsync($"{V4Bench.Site(1)},{V4Bench.Site(2)},{V4Bench.Site(3)}");
        var id = task.GetProperty("id").GetInt32();
        var before = (await bench.GetAsync($"/run?task_id={id}")).GetProperty("data")[0].GetProperty("status").GetString();
        bench.Sites.Answers.SetResult();
        var settled = (await bench.GetAsync($"/task/{id}/status")).GetProperty("status").GetString();

        Assert.Equal((HttpStatusCode.Created, "active", "failed"), (status, before, settled));
        Assert.Equal("failed", (await bench.GetAsync($"/task/{id}")).GetProperty("status").GetString());
        Assert.Equal(("partial", """{"column":"age"}""", 3), (bench.Sites.Asked[0].Function, bench.Sites.Asked[0].Arguments, bench.Sites.Asked[0].Among.Count));
        var results = await bench.GetAsync($"/result?task_id={id}&page=1");
        Assert.False(results.GetProperty("links").TryGetProperty("next", out _));
        Assert.Equal(["""{"site":"north"}""", """{"site":"south"}""", null], results.GetProperty("data").EnumerateArray().Select(one =>
            one.GetProperty("result").GetString() is { } text ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : null));
        Assert.All(results.GetProperty("data").EnumerateArray(), one => Assert.False(one.GetProperty("blob_storage_used").GetBoolean()));
        var runs = (await bench.GetAsync($"/run?task_id={id}")).GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(["completed", "completed", "crashed"], runs.Select(run => run.GetProperty("status").GetString()!));
        Assert.Equal([1, 2, 3], runs.Select(run => run.GetProperty("organization").GetProperty("id").GetInt32()));
        var last = runs[2].GetProperty("id").GetInt32();
        Assert.Equal("It broke.", (await bench.GetAsync($"/run/{last}")).GetProperty("log").GetString());
        Assert.Equal(last - 1, (await bench.GetAsync($"/result/{last - 1}")).GetProperty("id").GetInt32());
        Assert.Empty((await bench.GetAsync($"/result?task_id={id}&page=2")).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task SomeSites_AreAskedAlone_AndSitesThatAreToldOtherThingsApart()
    {
        await using var bench = await V4Bench.StartAsync();
        bench.Sites.Answers.SetResult();
        const string weighted = """{"method":"partial","args":["age",3]}""";

        var (_, task) = await bench.AskAsync($"{V4Bench.Site(3)},{V4Bench.Site(1, weighted)}");

        Assert.Equal([(2, """{"column":"age"}"""), (0, """{"column":"age","weight":3}""")],
            bench.Sites.Asked.Select(asked => (Assert.Single(asked.Among), asked.Arguments)));
        var results = (await bench.GetAsync($"/result?task_id={task.GetProperty("id")}")).GetProperty("data").EnumerateArray();
        Assert.Equal(["""{"site":"north"}""", """{"site":"east"}"""],
            results.Select(one => Encoding.UTF8.GetString(one.GetProperty("result").GetBytesFromBase64())));
    }

    [Fact]
    public async Task WhoTakesPart_IsWhomTheRunMayAsk()
    {
        await using var bench = await V4Bench.StartAsync();

        var listed = (await bench.GetAsync("/organization?collaboration_id=1&page=1")).GetProperty("data").EnumerateArray()
            .Select(one => (one.GetProperty("id").GetInt32(), one.GetProperty("name").GetString()!));
        Assert.Equal([(1, "north"), (2, "south"), (3, "east")], listed);
        Assert.Equal("south", (await bench.GetAsync("/organization/2")).GetProperty("name").GetString());
        Assert.Equal(JsonTrueFalse(false), (await bench.GetAsync("/collaboration/1")).GetProperty("encrypted").GetRawText());
        Assert.Empty((await bench.GetAsync("/organization?collaboration_id=2")).GetProperty("data").EnumerateArray());
        Assert.Empty((await bench.GetAsync("/study?collaboration_id=1")).GetProperty("data").EnumerateArray());
        Assert.Equal(JsonTrueFalse(false), (await bench.GetAsync("/blobstream/status")).GetProperty("blob_store_enabled").GetRawText());
        Assert.Empty((await bench.GetAsync("/vpn/algorithm/addresses?only_children=true")).GetProperty("addresses").EnumerateArray());
        Assert.Equal("active", (await bench.GetAsync("/task/1/status")).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("GET", "/organization/4")]
    [InlineData("GET", "/collaboration/2")]
    [InlineData("GET", "/study/1")]
    [InlineData("GET", "/task/2")]
    [InlineData("GET", "/task/2/status")]
    [InlineData("GET", "/task/-1")]
    [InlineData("GET", "/task/99999999999999999999")]
    [InlineData("GET", "/task/1%2Fstatus%2F..")]
    [InlineData("GET", "/result/7")]
    [InlineData("GET", "/run/1")]
    [InlineData("GET", "/result?task_id=9")]
    [InlineData("GET", "/node")]
    [InlineData("GET", "/user")]
    [InlineData("GET", "/")]
    [InlineData("POST", "/token/container")]
    [InlineData("POST", "/blobstream")]
    [InlineData("GET", "/blobstream/0b1e5c1e-8a3e-4a55-9a7a-5f0e3f1f0c11")]
    [InlineData("DELETE", "/task/1")]
    [InlineData("PATCH", "/run/1")]
    [InlineData("GET", "/../../api/v1/tasks")]
    [InlineData("GET", "//coordinator/api/v1/tasks")]
    public async Task WhatIsNotTheRuns_IsNotThere(string method, string path)
    {
        await using var bench = await V4Bench.StartAsync();

        var (status, body) = await bench.CallAsync(new HttpMethod(method), path, method is "GET" or "DELETE" ? null : "{}");

        Assert.Contains(status, new[] { HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });
        Assert.EndsWith(".", body.GetProperty("msg").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[]""", 400)]
    [InlineData("""{"image":1}""", 403)]
    [InlineData("""{"image":"IMAGE","image":"IMAGE","organizations":[SITE]}""", 400)]
    [InlineData("""{"image":"registry.example.org/partner/other@sha256:aa","organizations":[SITE]}""", 403)]
    [InlineData("""{"image":"IMAGE","collaboration_id":2,"organizations":[SITE]}""", 403)]
    [InlineData("""{"image":"IMAGE","study_id":1,"organizations":[SITE]}""", 403)]
    [InlineData("""{"image":"IMAGE","store_id":1,"organizations":[SITE]}""", 403)]
    [InlineData("""{"image":"IMAGE"}""", 400)]
    [InlineData("""{"image":"IMAGE","organizations":[]}""", 400)]
    [InlineData("""{"image":"IMAGE","organizations":[SITE,SITE]}""", 400)]
    [InlineData("""{"image":"IMAGE","organizations":[{"id":4,"input":"e30="}]}""", 403)]
    [InlineData("""{"image":"IMAGE","organizations":[{"id":0,"input":"e30="}]}""", 403)]
    [InlineData("""{"image":"IMAGE","organizations":[{"id":"1","input":"e30="}]}""", 400)]
    [InlineData("""{"image":"IMAGE","organizations":[{"id":1,"input":"%%"}]}""", 400)]
    [InlineData("""{"image":"IMAGE","organizations":[{"id":1,"input":"e30="}]}""", 400)]
    [InlineData("""{"image":"IMAGE","organizations":[SITE],"databases":["salaries"]}""", 403)]
    [InlineData("""{"image":"IMAGE","organizations":[SITE],"databases":{"label":"table"}}""", 400)]
    [InlineData("""{"image":"IMAGE","organizations":[CENTRAL]}""", 403)]
    [InlineData("""{"image":"IMAGE","organizations":[THREE]}""", 400)]
    [InlineData("""{"image":"IMAGE","organizations":[TWICE]}""", 400)]
    public async Task AskingForMoreThanIsDelegated_OrForNothingThatMakesSense_AsksNobody(string body, int expected)
    {
        await using var bench = await V4Bench.StartAsync();
        var sent = body.Replace("IMAGE", V4Bench.Image, StringComparison.Ordinal)
            .Replace("SITE", V4Bench.Site(1), StringComparison.Ordinal)
            .Replace("CENTRAL", V4Bench.Site(1, """{"method":"central"}"""), StringComparison.Ordinal)
            .Replace("THREE", V4Bench.Site(1, """{"method":"partial","args":[1,2,3]}"""), StringComparison.Ordinal)
            .Replace("TWICE", V4Bench.Site(1, """{"method":"partial","args":[1],"kwargs":{"column":"age"}}"""), StringComparison.Ordinal);

        var (status, answer) = await bench.CallAsync(HttpMethod.Post, "/task", sent);

        Assert.Equal(expected, (int)status);
        Assert.EndsWith(".", answer.GetProperty("msg").GetString(), StringComparison.Ordinal);
        Assert.Empty(bench.Sites.Asked);
    }

    [Fact]
    public async Task OnlyThisRunsToken_OpensAnything_AndOnlyWhileItsTimeLasts()
    {
        await using var bench = await V4Bench.StartAsync();
        await using var other = await V4Bench.StartAsync();
        var parts = bench.Token.Split('.');
        string[] wrong =
        [
            other.Token,
            new V4Token(bench.Clock.GetUtcNow().AddHours(1), bench.Clock).Issue(bench.World),
            $"{parts[0]}.{parts[1]}.",
            $"{parts[0]}.{parts[1]}.{parts[2][..^2]}",
            $"{parts[0]}.{parts[1]}a.{parts[2]}",
            // "alg":"none"
            $"eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{parts[1]}.",
            "", ".", "..", "a.b.c", new string('a', 9000),
        ];

        foreach (var token in wrong)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await bench.CallAsync(HttpMethod.Get, "/task/1", token: token)).Status);
        }

        using var bare = await bench.Client.GetAsync("/organization", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, bare.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await bench.CallAsync(HttpMethod.Get, "/task/1")).Status);
        bench.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await bench.CallAsync(HttpMethod.Get, "/task/1")).Status);
    }

    private static string JsonTrueFalse(bool value) => value ? "true" : "false";
}
