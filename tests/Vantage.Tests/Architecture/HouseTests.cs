using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Vantage.Tests.Architecture;

/// <summary>House rules that a reviewer would otherwise have to remember.</summary>
public sealed partial class HouseTests
{
    private static readonly string[] LayerNames = ["Services", "Helpers", "Managers", "Utils", "Common"];

    [Fact]
    public void Folders_AreNamedForWhatTheyDo()
    {
        var layers = Checkout.Files()
            .Select(path => Path.GetDirectoryName(path)!.Replace('\\', '/'))
            .Distinct()
            .Where(folder => LayerNames.Contains(folder.Split('/')[^1], StringComparer.OrdinalIgnoreCase));

        Assert.Empty(layers);
    }

    [Fact]
    public void SourceFiles_AreShorterThan400Lines()
    {
        var tooLong = Checkout.Files(".cs", ".ts", ".tsx", ".py", ".mjs", ".sh", ".sql")
            .Select(path => (path, lines: File.ReadLines(Checkout.PathOf(path)).Count()))
            .Where(file => file.lines > 400);

        Assert.Empty(tooLong);
    }

    [Fact]
    public void Packages_EachHaveALineInDependencies()
    {
        var packages = XDocument.Load(Checkout.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => package.Attribute("Include")!.Value);
        var explained = Checkout.Read("docs/dependencies.md").Split('\n')
            .Where(line => line.StartsWith('|'))
            .Select(line => line.Split('|')[1])
            .SelectMany(cell => InCode().Matches(cell).Select(match => match.Groups[1].Value))
            .ToHashSet();

        Assert.DoesNotContain(packages, package => !explained.Contains(package));
    }

    [Fact]
    public void PackageVersions_AreExactAndInOnePlace()
    {
        var versions = XDocument.Load(Checkout.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => package.Attribute("Version")!.Value);
        var elsewhere = Checkout.Files(".csproj")
            .Where(path => XDocument.Load(Checkout.PathOf(path)).Descendants("PackageReference")
                .Any(reference => reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null));

        Assert.DoesNotContain(versions, version => !ExactVersion().IsMatch(version));
        Assert.Empty(elsewhere);
    }

    [Fact]
    public void LockFiles_LieBesideEveryProject()
    {
        var unlocked = Checkout.Files(".csproj")
            .Where(path => !File.Exists(Checkout.PathOf(Path.Combine(Path.GetDirectoryName(path)!, "packages.lock.json"))));

        Assert.Empty(unlocked);
        Assert.True(File.Exists(Checkout.PathOf("package-lock.json")));
    }

    [Fact]
    public void SolutionFilterOfTheRunnablePrograms_HoldsEveryProjectButTests()
    {
        var filtered = JsonDocument.Parse(Checkout.Read("Vantage.Run.slnf")).RootElement
            .GetProperty("solution").GetProperty("projects").EnumerateArray()
            .Select(project => project.GetString()!.Replace('\\', '/'));

        Assert.Equal(Checkout.Files(".csproj").Where(path => !path.StartsWith("tests/", StringComparison.Ordinal)
            && !path.StartsWith("Samples/", StringComparison.Ordinal)), filtered.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InCode();

    [GeneratedRegex(@"^\d+(\.\d+)+(-[0-9A-Za-z.-]+)?$")]
    private static partial Regex ExactVersion();
}
