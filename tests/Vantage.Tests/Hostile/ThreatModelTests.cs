using System.Text.RegularExpressions;
using Vantage.Tests.Architecture;

namespace Vantage.Tests.Hostile;

/// <summary>The threat model says what is tested, and nothing else: its table is printed, its names are looked up.</summary>
public sealed partial class ThreatModelTests
{
    private const string Begin = "<!-- printed from Attack.All by a test -->\n";
    private const string End = "<!-- end of what is printed -->";

    private static readonly Lazy<ILookup<string, string>> Tests = new(() => Checkout.Files(".cs")
        .Where(path => path.StartsWith("tests/", StringComparison.Ordinal)).ToLookup(path => Path.GetFileNameWithoutExtension(path)));

    private static string Page => Checkout.PathOf("docs/threat-model.md");

    [Fact]
    public async Task TheTableOfAttacks_IsWhatTheTestTries()
    {
        var text = await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var printed = text[..begin] + Table() + text[end..];
        if (Environment.GetEnvironmentVariable("VANTAGE_PRINT_DOCS") == "1")
        {
            await File.WriteAllTextAsync(Page, printed, TestContext.Current.CancellationToken);
        }

        Assert.Equal(printed, await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void WhatMustHold_NamesThreeTestsThatAreThereForEachAdversary()
    {
        var rows = Rows("## What must hold");

        Assert.True(rows.Count >= 7, $"only {rows.Count} rows");
        Assert.All(rows, row => Assert.True(TestsOf(row).Count >= 3, $"fewer than three tests: {row}"));
    }

    [Fact]
    public void WhatWentWrongElsewhere_NamesATestThatIsThereForEachAdvisory_AndEveryTestOfOne()
    {
        var named = Rows("## What went wrong elsewhere").SelectMany(row =>
        {
            var tests = TestsOf(row);
            Assert.True(tests.Count > 0, $"no test: {row}");
            return tests;
        }).ToHashSet();

        Assert.All(
            Checkout.Files(".cs").Where(path => path.StartsWith("tests/Vantage.Tests/Advisories/", StringComparison.Ordinal) && path.EndsWith("Tests.cs", StringComparison.Ordinal)),
            path => Assert.Contains(Path.GetFileNameWithoutExtension(path), named));
    }

    /// <summary>Of the table under a heading, without its head.</summary>
    private static List<string> Rows(string heading) => [.. File.ReadAllLines(Page).SkipWhile(line => line != heading).Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)];

    /// <summary>The classes of the tests that a row names, each of which is there.</summary>
    private static List<string> TestsOf(string row)
    {
        var names = Name().Matches(row).Select(match => (File: match.Groups[1].Value, Test: match.Groups[2].Value)).ToList();
        Assert.All(names, name => Assert.Contains(Tests.Value[name.File],
            path => File.ReadAllText(Checkout.PathOf(path)).Contains(name.Test, StringComparison.Ordinal)));
        return names.ConvertAll(name => name.File);
    }

    private static string Table() => "| it tries | at | refused as |\n|---|---|---|\n"
        + string.Concat(Attack.All.Select(attack => $"| {attack.Name} | {attack.At} | `{attack.Code}` |\n"));

    [GeneratedRegex(@"`(\w+)\.(\w+)`")]
    private static partial Regex Name();
}
