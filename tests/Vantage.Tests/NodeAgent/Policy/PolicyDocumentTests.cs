using System.Text.RegularExpressions;
using Vantage.NodeAgent.Data.Reading;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.NodeAgent.Policy.Reading;
using Vantage.Protocol.Errors;
using Vantage.Tests.Architecture;

namespace Vantage.Tests.NodeAgent.Policy;

/// <summary>docs/policy.md says what is so.</summary>
public sealed partial class PolicyDocumentTests : IDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("vtg-doc-");
    private readonly string document = Checkout.Read("docs/policy.md");

    public void Dispose() => home.Delete(recursive: true);

    [Fact]
    public void TheWorkedExample_IsAPolicy() =>
        Assert.Equal("summaries for the sepsis study", Assert.Single(PolicyReader.Read("policy.yaml", Block("version: 1")).Accept).Name);

    [Fact]
    public void TheSentenceOfConsent_IsTheOneThatCounts() =>
        Assert.True(PolicyReader.Read("policy.yaml", "version: 1\n" + Block("runtime:")).AllowsProcesses);

    [Fact]
    public void TheSources_AreSources() =>
        Assert.Equal(["patients", "labs"], YamlFile.Parse("node.yaml", Block("sources:"), root => SourcesReader.Read(root, "/")).Select(s => s.Id));

    [Fact]
    public async Task TheConsoleExample_AnswersAsItSays()
    {
        await File.WriteAllTextAsync(Path.Combine(home.FullName, "policy.yaml"), Block("version: 1"), TestContext.Current.CancellationToken);
        var lines = Console().Match(document).Groups["text"].Value.Replace("\\\n", "", StringComparison.Ordinal).Split('\n');
        var words = Word().Matches(lines[0]["vantage node ".Length..]).Select(w => w.Value.Trim('"')).ToArray();
        words[Array.IndexOf(words, "--dir") + 1] = home.FullName;
        using var output = new StringWriter();

        var code = await VerbLine.RunAsync(NodeVerbs.All, words, output, output, TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Equal(lines[1..4], output.ToString().Split('\n')[..3]);
    }

    private string Block(string start) => Yaml().Matches(document)
        .Select(m => m.Groups["text"].Value)
        .First(text => text.StartsWith(start, StringComparison.Ordinal));

    [GeneratedRegex(@"```yaml\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Yaml();

    [GeneratedRegex(@"```console\n\$ (?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Console();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();
}
