using System.Reflection;
using System.Xml.Linq;

namespace Vantage.Tests.Architecture;

/// <summary>
/// Who may know whom. The Coordinator and the node meet only in the protocol: whatever one of them would borrow from
/// the other is either protocol, or a promise that one side could break for both.
/// </summary>
public sealed class ArrowTests
{
    /// <summary>A project, its assembly, and everything of ours that it may reference.</summary>
    public static TheoryData<string, string, string[]> Arrows => new()
    {
        { "Algorithms.Sdk/Vantage.Protocol", "Vantage.Protocol", [] },
        { "Algorithms.Sdk/Vantage.Algorithms", "Vantage.Algorithms", ["Vantage.Protocol"] },
        { "Algorithms.Sdk/Vantage.Statistics", "Vantage.Statistics", ["Vantage.Algorithms"] },
        { "Algorithms.Sdk/Vantage.Client", "Vantage.Client", ["Vantage.Protocol", "Vantage.Algorithms"] },
        { "Algorithms.Sdk/Vantage.Worker", "Vantage.Worker", ["Vantage.Algorithms", "Vantage.Statistics"] },
        { "Algorithms.Sdk/Vantage.Cli", "vantage", ["Vantage.Client", "Vantage.Algorithms", "Vantage.Statistics"] },
        { "Coordinator", "Vantage.Coordinator", ["Vantage.Protocol"] },
        { "NodeAgent", "Vantage.NodeAgent", ["Vantage.Protocol"] },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void ProjectReferences_AreExactlyTheArrows(string folder, string assembly, string[] allowed)
    {
        var project = Directory.GetFiles(Checkout.PathOf(folder), "*.csproj").Single();

        var references = XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Equal(allowed.Order(), references.Order());
        Assert.NotEmpty(assembly);
    }

    /// <summary>What the compiler really used: it may reach further along the arrows, never against them.</summary>
    [Theory]
    [MemberData(nameof(Arrows))]
    public void CompiledReferences_FollowTheArrows(string folder, string assembly, string[] allowed)
    {
        var reachable = Reachable(allowed);

        var ours = Assembly.Load(assembly).GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => name.StartsWith("Vantage", StringComparison.OrdinalIgnoreCase));

        Assert.Empty(ours.Except(reachable));
        Assert.NotEmpty(folder);
    }

    [Fact]
    public void Arrows_NameEveryProject()
    {
        var projects = Checkout.Files(".csproj")
            .Where(path => !path.StartsWith("tests/", StringComparison.Ordinal) && !path.StartsWith("Samples/", StringComparison.Ordinal))
            .Select(path => Path.GetDirectoryName(path)!.Replace('\\', '/'));

        Assert.Equal(Arrows.Select(row => row.Data.Item1).Order(), projects.Order());
    }

    private static HashSet<string> Reachable(IEnumerable<string> from)
    {
        var next = Arrows.ToDictionary(row => row.Data.Item2, row => row.Data.Item3);
        var found = new HashSet<string>();
        var open = new Queue<string>(from);
        while (open.TryDequeue(out var name))
        {
            if (found.Add(name))
            {
                foreach (var further in next[name])
                {
                    open.Enqueue(further);
                }
            }
        }

        return found;
    }
}
