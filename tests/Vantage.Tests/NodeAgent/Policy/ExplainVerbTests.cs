using System.Text;
using System.Text.Json;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.Protocol.Calls;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Signatures;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.NodeAgent.Policy;

public sealed class ExplainVerbTests : IDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("vtg-explain-");
    private readonly Partner asker = new();
    private readonly Partner other = new();
    private readonly CollaborationId collaboration = CollaborationId.New(TimeProvider.System);

    public ExplainVerbTests() => File.WriteAllText(Path.Combine(home.FullName, "policy.yaml"), $$"""
        version: 1
        accept:
          - name: summaries
            collaborations: [{{collaboration}}]
            requesters: { organizations: [{{asker.Id}}] }
            algorithms: ["builtin:summary@*"]
            functions: [partial]
            data: [{ source: patients, columns: [age] }]
            recipients: { organizations: [{{asker.Id}}] }
            delegates: { organizations: [{{other.Id}}] }
        """);

    public void Dispose() => home.Delete(recursive: true);

    [Fact]
    public async Task ASignedManifest_IsExplained()
    {
        var (code, text) = await ExplainAsync("--manifest", Sign("m", Manifest(), asker));

        Assert.Equal(ExitCodes.Ok, code);
        Assert.Contains("accepted by rule 'summaries'", text, StringComparison.Ordinal);
        Assert.Contains("'runtime.process'", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARefusal_SaysWhatStandsAgainstItAndWhatIsAllowed()
    {
        var (code, text) = await ExplainAsync("--manifest", Sign("m", Manifest() with { Function = "raw" }, other));

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains($"requesters.organizations: organization {other.Id} is not listed (allowed: {asker.Id})", text, StringComparison.Ordinal);
        Assert.Contains("functions: function 'raw' is not listed (allowed: partial)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASubtask_NeedsItsParentAndIsJudgedByItsPerson()
    {
        var subtask = SignByNode("s", Manifest(), other);

        var (alone, _) = await ExplainAsync("--manifest", subtask);
        var (together, text) = await ExplainAsync("--manifest", subtask, "--parent", Sign("p", Manifest(), asker));

        Assert.Equal(ExitCodes.Usage, alone);
        Assert.Equal(ExitCodes.Ok, together);
        Assert.Contains("accepted", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATaskThatNeverCame_IsNotFound_AndWhatIsNoIdIsNone()
    {
        var (unknown, _) = await ExplainAsync(TaskId.New(TimeProvider.System).ToString());
        var (noId, _) = await ExplainAsync("summaries");

        Assert.Equal((ExitCodes.NotFound, ExitCodes.Usage), (unknown, noId));
    }

    [Fact]
    public async Task SupposedArguments_AreHeldToTheRulesLimits()
    {
        await File.AppendAllTextAsync(Path.Combine(home.FullName, "policy.yaml"),
            "\n    arguments: { partial: { bins: { max: 20 } } }\n", TestContext.Current.CancellationToken);
        string[] question = ["--collaboration", $"{collaboration}", "--organization", $"{asker.Id}", "--algorithm",
            "builtin:summary@1.0.0", "--function", "partial", "--data", "patients", "--arguments"];

        var (within, _) = await ExplainAsync([.. question, """{"bins":20}"""]);
        var (beyond, text) = await ExplainAsync([.. question, """{"bins":21}"""]);

        Assert.Equal((ExitCodes.Ok, ExitCodes.Failed), (within, beyond));
        Assert.Contains("arguments.partial.bins: argument 'bins' is 21, at most 20 is allowed (allowed: at most 20)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASupposedRequest_IsExplained()
    {
        string[] question = ["--collaboration", $"{collaboration}", "--organization", $"{asker.Id}", "--algorithm",
            "builtin:summary@1.0.0", "--function", "partial", "--data", "patients"];

        var (code, _) = await ExplainAsync(question);
        var (refused, text) = await ExplainAsync([.. question, "--columns", "age,name", "--json"]);

        Assert.Equal((ExitCodes.Ok, ExitCodes.Failed), (code, refused));
        var answer = JsonDocument.Parse(text).RootElement;
        Assert.False(answer.GetProperty("accepted").GetBoolean());
        Assert.Contains(answer.GetProperty("why").EnumerateArray(),
            line => line.GetString()!.Contains("column 'name' is not listed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OfSeveralQuestionsInOneTask_EachIsExplained_OrOneOfThem()
    {
        await File.AppendAllTextAsync(Path.Combine(home.FullName, "policy.yaml"),
            "\n    arguments: { partial: { bins: { max: 20 } } }\n", TestContext.Current.CancellationToken);
        string[] question = ["--collaboration", $"{collaboration}", "--organization", $"{asker.Id}", "--algorithm", $"{PolicyWorld.Algorithms[0]}",
            "--function", CallBatch.Function, "--data", "patients", "--arguments", Encoding.UTF8.GetString(new CallBatch(1, [PolicyWorld.Algorithms[0]],
                [Call("partial", 20), Call("partial", 21), Call("raw", 3), Call("partial", 20)]).ToBytes())];

        var (all, text) = await ExplainAsync(question);
        var (one, first) = await ExplainAsync([.. question, "--call", "1"]);
        var (none, _) = await ExplainAsync([.. question, "--call", "5"]);
        var (sealedOnly, why) = await ExplainAsync("--manifest", Sign("m", Manifest() with { Function = CallBatch.Function }, asker));

        Assert.Equal((ExitCodes.Failed, ExitCodes.Ok, ExitCodes.Usage, ExitCodes.Failed), (all, one, none, sealedOnly));
        Assert.Contains("calls 1, 4: partial", text, StringComparison.Ordinal);
        Assert.Contains("call 2: partial", text, StringComparison.Ordinal);
        Assert.Contains("argument 'bins' is 21", text, StringComparison.Ordinal);
        Assert.Contains("functions: function 'raw' is not listed", text, StringComparison.Ordinal);
        Assert.Contains("accepted by rule 'summaries'", first, StringComparison.Ordinal);
        Assert.Contains("each of its calls is judged by itself", why, StringComparison.Ordinal);
    }

    private static BatchedCall Call(string function, int bins) => new(0, function, JsonElement.Parse($$"""{"bins":{{bins}}}"""));

    [Fact]
    public async Task ACentralFunctionThatAsksOthersFromHere_IsRefusedByNameUntilARuleAllowsIt()
    {
        string[] question = ["--collaboration", $"{collaboration}", "--organization", $"{asker.Id}", "--algorithm",
            "builtin:summary@1.0.0", "--function", "partial", "--delegates"];

        var (refused, why) = await ExplainAsync(question);
        var policy = Path.Combine(home.FullName, "policy.yaml");
        await File.AppendAllTextAsync(policy, "\n    subtasks: allow\n", TestContext.Current.CancellationToken);
        var (accepted, _) = await ExplainAsync(question);

        Assert.Equal((ExitCodes.Failed, ExitCodes.Ok), (refused, accepted));
        Assert.Contains("subtasks: a central function here that asks other nodes is not allowed", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABrokenPolicy_IsExplainedByItsErrors()
    {
        await File.AppendAllTextAsync(Path.Combine(home.FullName, "policy.yaml"), "\nruntme: {}\n", TestContext.Current.CancellationToken);

        var (code, text) = await ExplainAsync("--manifest", Sign("m", Manifest(), asker));

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains("Did you mean 'runtime'?", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    [InlineData("")]
    public async Task WhatIsNoManifest_IsSaidToBeNone(string text)
    {
        var file = Path.Combine(home.FullName, "none");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Usage, (await ExplainAsync("--manifest", file)).Code);
    }

    private async Task<(int Code, string Text)> ExplainAsync(params string[] options)
    {
        using var output = new StringWriter();
        var code = await VerbLine.RunAsync(NodeVerbs.All, ["policy", "explain", "--dir", home.FullName, .. options], output, output,
            TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }

    private string Sign(string name, TaskManifest manifest, Partner signer) => Save(name, SignedDocument.Sign(
        manifest, TaskManifest.JwsType, SignedJson.Default.TaskManifest, signer.UserKey, signer.UserChain));

    private string SignByNode(string name, TaskManifest manifest, Partner signer) => Save(name, SignedDocument.Sign(
        manifest, TaskManifest.JwsType, SignedJson.Default.TaskManifest, signer.NodeKey, signer.NodeChain));

    private string Save(string name, string jws)
    {
        var path = Path.Combine(home.FullName, name);
        File.WriteAllText(path, jws + "\n");
        return path;
    }

    private TaskManifest Manifest() => new()
    {
        V = 1,
        Task = TaskId.New(TimeProvider.System),
        Job = JobId.New(TimeProvider.System),
        Collaboration = collaboration,
        Type = TaskType.Analysis,
        Algorithm = PolicyWorld.Algorithms[0],
        Function = "partial",
        Targets = [],
        Data = [PolicyWorld.Source("patients")],
        Resources = new(),
        Recipients = [new() { Organization = asker.Id, Principal = $"{asker.User}", Key = KeyId.FromBytes(new byte[32]), Certificate = [] }],
        LostNode = LostNodePolicy.Wait,
        NotBefore = Partner.Now,
        NotAfter = Partner.Now.AddHours(1),
        Nonce = new string('A', 22),
    };
}
