using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Policy.Reading;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.NodeAgent.Policy;

/// <summary>What policy.yaml says about images and those who publish them.</summary>
public sealed class PublisherTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-publishers-");
    private readonly SigningKey key = SigningKey.Create();

    public PublisherTests() => File.WriteAllText(KeyPath, key.PublicKey.ToPem());

    private string KeyPath => Path.Combine(folder.FullName, "authors.pub");

    private string PolicyPath => Path.Combine(folder.FullName, "policy.yaml");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Publishers_AreReadWithTheirKeys_AndCountWhereARuleNamesThem()
    {
        var policy = Read("""{ name: authors, key: authors.pub, repositories: ["r.example/v/*"], minimumVersion: "1.4" }""");

        var rule = Assert.Single(policy.Accept);
        var publisher = Assert.Single(policy.TrustOf(rule).Publishers);
        Assert.Equal(("authors", key.KeyId, "1.4"), (publisher.Name, publisher.Key.Id, publisher.Minimum!.ToString()));
        Assert.True(publisher.SignsFor(ImageRepository.Parse("r.example/v/glm")));
        Assert.Empty(policy.TrustOf(rule with { Publishers = new HashSet<string>() }).Publishers);
    }

    [Theory]
    [InlineData("r.example/v/*", "r.example/v/glm", true)]
    [InlineData("r.example/v/*", "r.example/v/a/b", true)]
    [InlineData("r.example/v/*", "r.example/v", false)]
    [InlineData("r.example/v/*", "r.example/vx/glm", false)]
    [InlineData("r.example/v/*", "r.example:444/v/glm", false)]
    [InlineData("r.example/v/*", "other.r.example/v/glm", false)]
    [InlineData("r.example/v", "r.example/v/glm", false)]
    [InlineData("r.example/*", "r.example/v/glm", true)]
    public void RepositoryPattern_MatchesWholeNamesOnly(string pattern, string repository, bool matches) => Assert.Equal(
        matches, Vantage.NodeAgent.Images.RepositoryPattern.Parse(pattern)!.Matches(ImageRepository.Parse(repository)));

    [Theory]
    [InlineData("*")]
    [InlineData("*/glm")]
    [InlineData("r.example*")]
    [InlineData("r.example/v*")]
    [InlineData("r.example/*/glm")]
    [InlineData("r.example/")]
    [InlineData("vantage/*")]
    [InlineData("R.example/v/*")]
    public void RepositoryPattern_IsNothingCleverer(string pattern) => Assert.Null(Vantage.NodeAgent.Images.RepositoryPattern.Parse(pattern));

    [Theory]
    [InlineData("""{ name: authors, key: nowhere.pub, repositories: ["r.example/v/*"] }""", "nowhere.pub can't be used")]
    [InlineData("""{ name: authors, key: policy.yaml, repositories: ["r.example/v/*"] }""", "PUBLIC KEY")]
    [InlineData("""{ name: authors, key: authors.pub, repositories: ["r.example/v/*"], minimumVersion: new }""", "'new' is not a version")]
    [InlineData("""{ name: authors, key: authors.pub }""", "'repositories' is missing")]
    [InlineData("""{ name: author, key: authors.pub, repositories: ["r.example/v/*"] }""", "Did you mean 'author'?")]
    [InlineData("""{ name: authors, key: authors.pub, repositories: ["r.example/other"] }""", "the rule names no publisher for this repository")]
    public void Mistake_IsToldWhereItStands(string publisher, string said)
    {
        var error = Assert.Throws<SettingsException>(() => Read(publisher));

        Assert.Contains(error.Problems, problem => problem.Message.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void ReplacedKeyFile_CountsFromTheNextRequestOn()
    {
        var log = new RecordedLog<PolicyBook>();
        var book = new PolicyBook(PolicyPath, log);
        Write("""{ name: authors, key: authors.pub, repositories: ["r.example/v/*"] }""");
        Assert.Equal(key.KeyId, KeyOf(book));

        using var other = SigningKey.Create();
        File.WriteAllText(KeyPath, other.PublicKey.ToPem());
        Assert.Equal(other.KeyId, KeyOf(book));

        File.Delete(KeyPath);
        Assert.IsType<PolicyState.Broken>(book.Current());
        Assert.Same(book.Current(), book.Current());

        File.WriteAllText(KeyPath, key.PublicKey.ToPem());
        Assert.Equal(key.KeyId, KeyOf(book));
    }

    [Theory]
    [InlineData("oci:r.example/v/glm", "oci:r.example/v/glm@", true)]
    [InlineData("oci:r.example/v/glm", "oci:r.example/v/glm2@", false)]
    [InlineData("oci:r.example/v", "oci:r.example/v/glm@", false)]
    [InlineData("oci:r.example/v/glm", "builtin:glm@1+", false)]
    public void ImagePattern_MatchesItsRepositoryAlone(string pattern, string algorithm, bool matches) => Assert.Equal(
        matches, AlgorithmPattern.Parse(pattern)!.Matches(AlgorithmRef.Parse($"{algorithm}sha256:{new string('0', 64)}")));

    private static KeyId KeyOf(PolicyBook book) =>
        Assert.Single(Assert.IsType<PolicyState.Readable>(book.Current()).Policy.Publishers).Key.Id;

    private NodePolicy Read(string publisher)
    {
        Write(publisher);
        return PolicyReader.Read(PolicyPath, File.ReadAllText(PolicyPath));
    }

    private void Write(string publisher) => File.WriteAllText(PolicyPath, $$"""
        version: 1
        publishers:
          - {{publisher}}
        accept:
          - name: images
            collaborations: []
            requesters: { organizations: [] }
            algorithms: ["oci:r.example/v/glm"]
            publishers: [authors]
            functions: ["*"]
            data: []
            recipients: { organizations: [] }
        """);
}
