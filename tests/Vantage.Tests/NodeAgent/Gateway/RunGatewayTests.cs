using System.Net;
using System.Net.Http.Json;
using System.Text;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Json;

namespace Vantage.Tests.NodeAgent.Gateway;

public sealed class RunGatewayTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Progress_IsPassedOn()
    {
        await using var bench = await GatewayBench.StartAsync();

        var taken = await PostAsync(bench, "/progress", """{"percent":40}""");
        var refused = await PostAsync(bench, "/progress", """{"percent":101}""");

        Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal([40], bench.Progress);
    }

    [Fact]
    public async Task AnOutputThatArrivedWhole_IsStoredWithItsDigest()
    {
        await using var bench = await GatewayBench.StartAsync();

        var first = await PutAsync(bench, "result", "first"u8.ToArray());
        var second = await PutAsync(bench, "result", "the second"u8.ToArray());

        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.NoContent], [first.StatusCode, second.StatusCode]);
        var stored = bench.Calls.Output.Stored!;
        Assert.Equal("the second", await File.ReadAllTextAsync(stored.Path, Cancellation));
        Assert.Equal(10, stored.Size);
        Assert.Equal(Digest.OfText("the second"), stored.Digest);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TooLargeAnOutput_IsRefusedAndNotKept(bool announced)
    {
        await using var bench = await GatewayBench.StartAsync(outputBytes: 100_000);
        using var body = announced
            ? new ByteArrayContent(new byte[100_001])
            : (HttpContent)new StreamContent(new Endless(100_001));

        var answer = await bench.Client.PutAsync("/output/result", body, Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.True(bench.Calls.Output.Exceeded);
        Assert.Null(bench.Calls.Output.Stored);
        Assert.Empty(Directory.GetFiles(bench.Folder));
    }

    [Fact]
    public async Task ExactlyTheCap_IsTaken()
    {
        await using var bench = await GatewayBench.StartAsync(outputBytes: 100_000);

        Assert.Equal(HttpStatusCode.NoContent, (await PutAsync(bench, "result", new byte[100_000])).StatusCode);
    }

    [Fact]
    public async Task AnOutputThatBreaksOff_LeavesTheOneBefore()
    {
        await using var bench = await GatewayBench.StartAsync();
        await PutAsync(bench, "result", "whole"u8.ToArray());

        await Assert.ThrowsAnyAsync<HttpRequestException>(
            () => bench.Client.PutAsync("/output/result", new StreamContent(new BreaksOff()), Cancellation));
        // A later request is answered after the server has put the broken one away.
        await PutAsync(bench, "result", "again"u8.ToArray());

        Assert.Equal("again", await File.ReadAllTextAsync(bench.Calls.Output.Stored!.Path, Cancellation));
        Assert.DoesNotContain(Directory.GetFiles(bench.Folder), f => f.EndsWith(".part", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/output/../log.txt", HttpStatusCode.NotFound)]
    [InlineData("/output/..%2Fescape", HttpStatusCode.BadRequest)]
    [InlineData("/output/Result", HttpStatusCode.BadRequest)]
    [InlineData("/output/.part", HttpStatusCode.BadRequest)]
    [InlineData("/output/second", HttpStatusCode.NotImplemented)]
    public async Task AnOutputByAnotherName_IsRefused(string path, HttpStatusCode expected)
    {
        await using var bench = await GatewayBench.StartAsync();

        var answer = await bench.Client.PutAsync(path, new ByteArrayContent([1]), Cancellation);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Empty(Directory.GetFiles(bench.Folder));
    }

    [Fact]
    public async Task TheFirstError_Stands()
    {
        await using var bench = await GatewayBench.StartAsync();

        var first = await bench.Client.PostAsJsonAsync(
            "/error", new RunFailure("data-invalid", "m"), AlgorithmsJson.Default.RunFailure, Cancellation);
        var second = await bench.Client.PostAsJsonAsync(
            "/error", new RunFailure("algorithm-failed", "n"), AlgorithmsJson.Default.RunFailure, Cancellation);

        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.Conflict], [first.StatusCode, second.StatusCode]);
        Assert.Equal(new RunFailure("data-invalid", "m"), bench.Calls.Failure);
    }

    [Fact]
    public async Task ALog_IsTakenUpToItsCapAndSaysHowMuchWasDropped()
    {
        await using var bench = await GatewayBench.StartAsync(logBytes: 10);

        var whole = await PostAsync(bench, "/log", "12345\n", "text/plain");
        var tooMuch = await PostAsync(bench, "/log", "67890\n", "text/plain");
        bench.Calls.Log.Dispose();

        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.RequestEntityTooLarge], [whole.StatusCode, tooMuch.StatusCode]);
        Assert.Equal("12345\n6789\n[2 more bytes were dropped: a run may log 10]\n", await ReadLogAsync(bench));
    }

    [Fact]
    public async Task ALog_MovesNobodysCursor()
    {
        await using var bench = await GatewayBench.StartAsync();

        await PostAsync(bench, "/log", "a\e[2Jb\r\0c\té\n", "text/plain");
        bench.Calls.Log.Dispose();

        Assert.Equal("a?[2Jb??c\té\n", await ReadLogAsync(bench));
    }

    public static TheoryData<string, string> NotYet => new()
    {
        { "GET", "/peers/run_1" },
        { "POST", "/peers/run_1/a/b" },
    };

    [Fact]
    public async Task ARunOfItsOwn_HasNoFurtherCalls()
    {
        await using var bench = await GatewayBench.StartAsync();

        var answer = await bench.Client.GetAsync("/next", Cancellation);

        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await bench.Client.PutAsync("/output/result", new ByteArrayContent([1]), Cancellation)).StatusCode);
    }

    [Theory]
    [MemberData(nameof(NotYet))]
    public async Task WhatIsNotOfferedYet_SaysSo(string method, string path)
    {
        await using var bench = await GatewayBench.StartAsync();

        var answer = await bench.Client.SendAsync(new HttpRequestMessage(new(method), path), Cancellation);

        Assert.Equal(HttpStatusCode.NotImplemented, answer.StatusCode);
        Assert.Equal(Problem.MediaType, answer.Content.Headers.ContentType!.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync(ProtocolJson.Default.Problem, Cancellation);
        Assert.Equal(RunCodes.NotYet, problem!.Code);
        Assert.Contains("yet", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/subtasks")]
    [InlineData("GET", "/subtasks/tsk_1")]
    [InlineData("GET", "/subtasks/tsk_1/0")]
    public async Task RunWithoutADelegation_MayAskNobody(string method, string path)
    {
        await using var bench = await GatewayBench.StartAsync();

        var answer = await bench.Client.SendAsync(new HttpRequestMessage(new(method), path), Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(ErrorCodes.DelegationMissing, (await answer.Content.ReadFromJsonAsync(ProtocolJson.Default.Problem, Cancellation))!.Code);
    }

    [Theory]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    [InlineData("GET", "/health", HttpStatusCode.NotFound)]
    [InlineData("GET", "/progress", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/output/result", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/output/result", HttpStatusCode.MethodNotAllowed)]
    public async Task NothingElse_IsThere(string method, string path, HttpStatusCode expected)
    {
        await using var bench = await GatewayBench.StartAsync();

        Assert.Equal(expected, (await bench.Client.SendAsync(new HttpRequestMessage(new(method), path), Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("/progress", "nonsense")]
    [InlineData("/progress", "{\"percent\":1,\"percent\":2}")]
    [InlineData("/progress", "null")]
    [InlineData("/error", "{\"code\":null,\"message\":\"x\"}")]
    [InlineData("/error", "[]")]
    public async Task NonsenseIsABadRequest(string path, string body)
    {
        await using var bench = await GatewayBench.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(bench, path, body)).StatusCode);
    }

    [Fact]
    public async Task AnErrorOfAnyLength_FillsNoMemory()
    {
        await using var bench = await GatewayBench.StartAsync();

        try
        {
            var answer = await bench.Client.PostAsync("/error", new ByteArrayContent(new byte[2 << 20]), Cancellation);

            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        }
        catch (HttpRequestException)
        {
            // The Gateway hangs up without reading on: whether its answer is seen first is a race.
        }

        Assert.Null(bench.Calls.Failure);
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(bench, "/progress", """{"percent":1}""")).StatusCode);
    }

    [Fact]
    public async Task OnlyThisAccount_CanReachTheSocket()
    {
        await using var bench = await GatewayBench.StartAsync();

        Assert.True(Encoding.UTF8.GetByteCount(bench.SocketPath) < 100);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(Path.GetDirectoryName(bench.SocketPath)!));
        }
    }

    [Fact]
    public async Task WhenTheRunIsOver_NothingOfItsGatewayIsLeft()
    {
        string socket;
        await using (var bench = await GatewayBench.StartAsync())
        {
            socket = bench.SocketPath;
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(socket)));
    }

    [Fact]
    public async Task ManyRuns_HaveManyGateways()
    {
        var benches = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => GatewayBench.StartAsync()));

        foreach (var (bench, i) in benches.Select((bench, i) => (bench, i)))
        {
            await PutAsync(bench, "result", Encoding.UTF8.GetBytes($"{i}"));
        }

        foreach (var (bench, i) in benches.Select((bench, i) => (bench, i)))
        {
            Assert.Equal($"{i}", await File.ReadAllTextAsync(bench.Calls.Output.Stored!.Path, Cancellation));
            await bench.DisposeAsync();
        }
    }

    private static Task<HttpResponseMessage> PutAsync(GatewayBench bench, string name, byte[] content) =>
        bench.Client.PutAsync($"/output/{name}", new ByteArrayContent(content), Cancellation);

    private static Task<HttpResponseMessage> PostAsync(GatewayBench bench, string path, string body, string type = "application/json") =>
        bench.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, type), Cancellation);

    private static Task<string> ReadLogAsync(GatewayBench bench) => File.ReadAllTextAsync(bench.Calls.Log.Path, Cancellation);
}
