using System.Text.RegularExpressions;

namespace Vantage.Tests.Architecture;

/// <summary>What the repository says about itself has to hold for a stranger with a fresh clone.</summary>
public sealed partial class TextTests
{
    private const string ThisFile = "tests/Vantage.Tests/Architecture/TextTests.cs";

    private static IEnumerable<string> Texts => Checkout
        .Files(".cs", ".md", ".csproj", ".props", ".targets", ".json", ".yaml", ".yml", ".sql", ".py", ".mjs", ".sh", ".cmd", "")
        .Where(path => path != ThisFile && !path.EndsWith("package-lock.json", StringComparison.Ordinal)
            && !path.EndsWith("packages.lock.json", StringComparison.Ordinal));

    [Fact]
    public void Texts_SpeakOfTheProjectAndNotOfWhereItWasWritten() => Assert.Empty(Find(Workplace()));

    [Fact]
    public void Texts_HoldNoUnfinishedWork() => Assert.Empty(Find(Unfinished()));

    [Fact]
    public void Documents_LinkToWhatIsThere()
    {
        var broken =
            from path in Checkout.Files(".md")
            from Match link in Link().Matches(Checkout.Read(path))
            let target = link.Groups[1].Value
            let file = Path.Combine(Path.GetDirectoryName(Checkout.PathOf(path))!, target)
            where !File.Exists(file) && !Directory.Exists(file)
            select $"{path} → {target}";

        Assert.Empty(broken);
    }

    private static List<string> Find(Regex words) =>
        (from path in Texts
         from line in File.ReadLines(Checkout.PathOf(path)).Select((text, index) => (text, number: index + 1))
         where words.IsMatch(line.text)
         select $"{path}:{line.number}: {line.text.Trim()}").ToList();

    /// <summary>Paths of one machine, and numbers in a tracker that readers cannot see.</summary>
    [GeneratedRegex(@"(^|[\s""'(=:])/(work|home|root)/|\bissue #?\d+\b|\bthe brief\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Workplace();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException|\bSkip = """)]
    private static partial Regex Unfinished();

    /// <summary>Relative links; anchors are not checked, and web addresses are others' business.</summary>
    [GeneratedRegex(@"\]\((?![a-z]+:)([^)#\s]+)(?:#[^)\s]*)?\)")]
    private static partial Regex Link();
}
