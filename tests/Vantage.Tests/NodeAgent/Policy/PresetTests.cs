using System.Text.Json;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Policy.Reading;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Images;
using Vantage.Protocol.Manifests;
using Vantage.Statistics;
using Vantage.Tests.NodeAgent.Doubles;

namespace Vantage.Tests.NodeAgent.Policy;

/// <summary><c>policy init</c>: what each preset lets in, and what not.</summary>
public sealed class PresetTests : IAsyncDisposable
{
    private static readonly string Reviewed = "oci:registry.example.org/study/survival@sha256:" + new string('a', 64);

    private readonly Alliance alliance = new();
    private readonly TestNode node;

    public PresetTests()
    {
        node = new TestNode(alliance, new Uri("http://127.0.0.1:9/"), "sources:\n  - id: patients\n    path: p.csv\n  - id: labs\n    path: l.csv\n");
        File.Delete(node.Home.Policy);
    }

    public ValueTask DisposeAsync() => node.DisposeAsync();

    private PolicyFacts Facts => PolicyWorld.Facts with
    {
        Collaboration = alliance.Collaboration,
        Organization = alliance.University.Id,
        Recipients = [alliance.University.Id],
    };

    [Fact]
    public async Task Closed_LetsInNothing()
    {
        var policy = await InitAsync("closed");

        Assert.Empty(policy.Accept);
        Assert.False(policy.AllowsProcesses);
    }

    [Fact]
    public async Task StatisticsOnly_LetsInThePartsOfTheStandardLibrary_AndNothingElse()
    {
        var policy = await InitAsync("statistics-only", "--collaboration", $"{alliance.Collaboration}");

        // Whatever the library computes beside data; nothing that asks others, and nothing that is kept.
        foreach (var algorithm in StandardLibrary.Algorithms.Catalogue().Algorithms)
        {
            Assert.All(algorithm.Manifest.Functions, function => Assert.Equal(function.Kind == FunctionKind.Partial, Accepts(policy,
                Facts with { Algorithm = AlgorithmRef.Parse(algorithm.Ref), Function = function.Name })));
        }

        Assert.All(Outside(Facts with { Function = "partial" }), facts => Assert.False(Accepts(policy, facts)));
        Assert.False(Accepts(policy, Facts with { Algorithm = AlgorithmRef.Parse(Reviewed) }));
        Assert.Null(policy.Docker);
        Assert.Equal((LogRelease.Withhold, ErrorRelease.CodeOnly, 10), (policy.Accept[0].Logs, policy.Accept[0].Errors, policy.Accept[0].MinimumRows));
    }

    [Fact]
    public async Task ReviewedImages_LetsInThatCodeAndNoOther_AndAPersonAnswersForEachRunAndRelease()
    {
        var policy = await InitAsync("reviewed-images", "--collaboration", $"{alliance.Collaboration}", "--algorithms", Reviewed, "--sources", "labs",
            "--publisher", "method group", "--publisher-key", Key());
        var facts = Facts with { Algorithm = AlgorithmRef.Parse(Reviewed), Data = [PolicyWorld.Source("labs")], Function = "anything" };

        Assert.True(Accepts(policy, facts));
        Assert.False(Accepts(policy, facts with { Algorithm = AlgorithmRef.Parse(Reviewed.Replace(new string('a', 64), new string('b', 64), StringComparison.Ordinal)) }));
        Assert.False(Accepts(policy, facts with { Algorithm = AlgorithmRef.Builtin("summary", "1.0.0", Digest) }));
        Assert.False(Accepts(policy, facts with { Data = [PolicyWorld.Source("patients")] }));
        Assert.All(Outside(facts), outside => Assert.False(Accepts(policy, outside)));
        Assert.Equal(new ApprovalRule(true, true, TimeSpan.FromHours(72)), policy.Accept[0].Approval);
        Assert.NotNull(policy.Docker);
        Assert.False(policy.AllowsProcesses);
        Assert.Equal("method group", Assert.Single(policy.Accept[0].Publishers));
        var publisher = Assert.Single(policy.Publishers);
        Assert.True(ImageRepository.TryParse("registry.example.org/study/survival", out var repository) && publisher.SignsFor(repository));
        Assert.True(ImageRepository.TryParse("registry.example.org/study/other", out var other) && !publisher.SignsFor(other));
    }

    [Fact]
    public async Task APolicyThatIsThere_IsNeverReplacedUnasked_AndIsKept()
    {
        await File.WriteAllTextAsync(node.Home.Policy, "version: 1\naccept: []\n# mine\n", TestContext.Current.CancellationToken);

        var (refused, _, error) = await TypeAsync("closed");
        var kept = await File.ReadAllTextAsync(node.Home.Policy, TestContext.Current.CancellationToken);
        var (replaced, output, _) = await TypeAsync("closed", "--replace", "--json");

        Assert.Equal((ExitCodes.Conflict, ExitCodes.Ok), (refused, replaced));
        Assert.Contains("--replace", error, StringComparison.Ordinal);
        Assert.Contains("# mine", kept, StringComparison.Ordinal);
        Assert.Contains("# mine", await File.ReadAllTextAsync(node.Home.Policy + ".before", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.StartsWith("sha256:", JsonDocument.Parse(output).RootElement.GetProperty("version").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--collaboration is missing", "statistics-only")]
    [InlineData("--algorithms is missing", "reviewed-images", "--collaboration", "col_019ab0c4d2e87a31b1c5a7e0f3d29c44")]
    [InlineData("Nothing was written, since the policy would not hold", "reviewed-images", "--collaboration", "col_019ab0c4d2e87a31b1c5a7e0f3d29c44",
        "--algorithms", "oci:registry.example.org/a/b", "--publisher", "p", "--publisher-key", "/nowhere")]
    [InlineData("'open' is none of closed, statistics-only, reviewed-images", "open")]
    [InlineData("node.yaml declares no source 'x'. It has: patients, labs.", "closed", "--sources", "x")]
    public async Task WhatItCannotKnow_ItAsksFor(string problem, params string[] options)
    {
        var (code, _, error) = await TypeAsync(options);

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains(problem, error, StringComparison.Ordinal);
        Assert.False(File.Exists(node.Home.Policy));
    }

    [Fact]
    public async Task NamesOfOrganizations_AreCommentsAndNeverLines()
    {
        var policy = await InitAsync("statistics-only", "--collaboration", $"{alliance.Collaboration}", "--processes");

        Assert.Equal(new[] { alliance.Hospital.Id, alliance.University.Id }.ToHashSet(), policy.Accept[0].Requesters.Organizations);
        Assert.True(policy.AllowsProcesses);
    }

    private string Key()
    {
        var path = Path.Combine(node.Home.Root, "method-group.pub");
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        File.WriteAllText(path, key.ExportSubjectPublicKeyInfoPem());
        return path;
    }

    private static string Digest => "sha256:" + new string('a', 64);

    /// <summary>The same from outside of what was granted, one thing at a time.</summary>
    private static IEnumerable<PolicyFacts> Outside(PolicyFacts inside) =>
    [
        inside with { Collaboration = PolicyWorld.Collaborations[0] },
        inside with { Organization = PolicyWorld.Organizations[0] },
        inside with { Recipients = [.. inside.Recipients, PolicyWorld.Organizations[0]] },
        inside with { Delegate = inside.Organization },
        inside with { Delegates = true },
        inside with { Data = [PolicyWorld.Source("secrets")] },
        inside with { Resources = new() { MemoryMiB = 4096 } },
    ];

    private static bool Accepts(NodePolicy policy, PolicyFacts facts) => PolicyJudge.Decide(policy, facts) is PolicyVerdict.Accepted;

    private async Task<NodePolicy> InitAsync(params string[] options)
    {
        var (code, _, error) = await TypeAsync(options);
        Assert.True(code == ExitCodes.Ok, error);
        return PolicyReader.Read("policy.yaml", await File.ReadAllTextAsync(node.Home.Policy, TestContext.Current.CancellationToken));
    }

    private Task<(int Code, string Out, string Error)> TypeAsync(params string[] options) =>
        Verbs.RunAsync(["policy", "init", "--dir", node.Home.Root, "--preset", .. options]);
}
