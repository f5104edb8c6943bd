using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runtimes.Catalogue;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;
using Vantage.Tests.Images;
using Vantage.Tests.NodeAgent.Doubles;

namespace Vantage.Tests.NodeAgent.Analysis;

/// <summary>What is settled about an image before any data are touched, by the policy file and a registry.</summary>
public sealed class AnalysisImageTests : IAsyncLifetime
{
    private const string Label = """
        {"v":1,"name":"glm","version":"1.0.0","description":"Fits a model.","functions":[{"name":"partial","kind":"partial","description":"One site's part.","arguments":{"type":"object"},"data":[{"name":"table","description":"The rows.","columnArguments":["columns"]}]}]}
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-permission-");
    private readonly Alliance alliance = new();
    private readonly SampleImage image = SampleImage.Make(label: Label);
    private readonly SigningKey other = SigningKey.Create();
    private ImageWorld world = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        world = await ImageWorld.StartAsync();
        world.Put(image);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "authors.pub"), world.Key.PublicKey.ToPem(), Cancel);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "others.pub"), other.PublicKey.ToPem(), Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task SignedImage_MayRun_UnderARuleThatNamesItsPublisher()
    {
        world.SignByTag(image.Digest);

        var permit = Assert.IsType<Step<RunPermit>.Next>(await AskAsync("age", Rule("images", "authors"))).Value;

        Assert.Equal((image.Digest, "authors", "images"), (permit.Image!.Manifest, permit.Image.Publisher, permit.Rule.Name));
        Assert.Equal(["age"], permit.Columns["table"]);
    }

    [Theory]
    [InlineData(false, "authors", "image-unsigned")]
    [InlineData(true, "others", "image-wrong-key")]
    [InlineData(true, "", "image-publisher-unknown")]
    public async Task AnyOther_IsRefusedWithItsReason(bool signed, string publisher, string code)
    {
        if (signed)
        {
            world.SignByTag(image.Digest);
        }

        var refused = Refused(await AskAsync("age", Rule("images", publisher)));

        Assert.Equal((code, "images"), (refused.Code, refused.Rule));
    }

    [Fact]
    public async Task RequestThatThePolicyRefuses_IsNotHeardOfByAnyRegistry()
    {
        world.SignByTag(image.Digest);

        var refused = Refused(await AskAsync("age", Rule("images", "authors", "other-function")));

        Assert.Equal(RunCodes.PolicyRefused, refused.Code);
        Assert.Empty(world.Registry.Asked);
    }

    [Fact]
    public async Task RuleThatDecidesInTheEnd_HasToTrustThePublisherToo()
    {
        world.SignByTag(image.Digest);

        // The first accepts as long as nothing is known of columns; the column decides for the second, and it trusts others.
        var refused = Refused(await AskAsync("name", Rule("some columns", "authors", columns: ", columns: [age]"), Rule("all columns", "others")));

        Assert.Equal(("image-wrong-key", "all columns"), (refused.Code, refused.Rule));
    }

    private static RunEnd.Refused Refused(Step<RunPermit> step) =>
        Assert.IsType<RunEnd.Refused>(Assert.IsType<Step<RunPermit>.End>(step).How);

    private string Rule(string name, string publisher, string function = "partial", string columns = "") => $$"""
          - name: {{name}}
            collaborations: [{{alliance.Collaboration}}]
            requesters: { organizations: [{{alliance.University.Id}}] }
            algorithms: ["oci:{{world.Repository}}@{{image.Digest}}"]
            publishers: [{{publisher}}]
            functions: [{{function}}]
            data: [{ source: patients{{columns}} }]
            recipients: { organizations: [{{alliance.University.Id}}] }
        """;

    private async Task<Step<RunPermit>> AskAsync(string column, params string[] rules)
    {
        var path = Path.Combine(folder.FullName, "policy.yaml");
        await File.WriteAllTextAsync(path, $$"""
            version: 1
            runtime: { docker: allow }
            publishers:
              - { name: authors, key: authors.pub, repositories: ["{{world.Repository}}"] }
              - { name: others, key: others.pub, repositories: ["{{world.Repository}}"] }
            accept:
            {{string.Join('\n', rules)}}
            """, Cancel);
        using var catalogue = new WorkerCatalogue("/nowhere");
        var permission = new AnalysisPermission(catalogue, world.Book, new PolicyGate(new PolicyBook(path, NullLogger<PolicyBook>.Instance)));
        var arguments = Encoding.UTF8.GetBytes($$"""{"columns":["{{column}}"]}""");
        var question = alliance.Ask(alliance.Now, m => m with { Algorithm = AlgorithmRef.Parse($"oci:{world.Repository}@{image.Digest}") }, arguments);
        return await permission.AskAsync(new RunOrder
        {
            Manifest = question.Manifest,
            ManifestDigest = Digest.OfText(question.Jws),
            Signed = question.Jws,
            Target = question.Manifest.Targets[0],
            Epoch = 1,
            Requester = new(alliance.University.Id, alliance.University.User),
            Permission = new PolicyDecision.Allowed("earlier", "earlier"),
            Arguments = arguments,
            WorkDirectory = folder.FullName,
        }, Cancel);
    }
}
