using Vantage.NodeAgent.Checks;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Tests.Architecture;
using Vantage.Tests.NodeAgent.Doubles;

namespace Vantage.Tests.NodeAgent.Hosting;

/// <summary>docs/node-admin.md knows every setting and every check.</summary>
public sealed class NodeAdminPageTests
{
    private static readonly string Page = Checkout.Read("docs/node-admin.md");

    [Fact]
    public void Page_NamesEverySettingThatIsKnown()
    {
        var error = Assert.Throws<SettingsException>(() => YamlFile.Parse(
            "node.yaml", "coordinator: https://v.example.org\nunknown: 1\n", root => NodeSettings.Read(root, NodeHome.At("/srv/node"))));
        var known = Assert.Single(error.Problems).Message.Split("Known here: ")[1].TrimEnd('.').Split(", ").Where(key => key != "proxy");

        Assert.All(known, key => Assert.Contains($"| `{key}` |", Page));
        Assert.Contains("`proxy.url`, `proxy.user`, `proxy.passwordFile`", Page);
    }

    [Fact]
    public async Task Page_NamesEveryCheck()
    {
        await using var node = new TestNode(new Alliance(), new Uri("http://127.0.0.1:9/"), "sources:\n  - id: patients\n    path: patients.csv\n");

        var lines = await NodeChecks.RunAsync(node.Home, node.Clock, TestContext.Current.CancellationToken);

        Assert.All(lines, line => Assert.Contains($"`{line.Name}`", Page));
    }
}
