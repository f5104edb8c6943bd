using System.Text.RegularExpressions;
using Vantage.Tests.Architecture;

namespace Vantage.Tests.Hostile;

/// <summary>The threat model says what is tested, and nothing else: its table is printed, its names are looked up.</summary>
public sealed partial class ThreatModelTests
{
    private const string Begin = "<!-- printed from Attack.All by a test -->\n";
    private const string End = "<!-- end of what is printed -->";

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
        var rows = File.ReadAllLines(Page).SkipWhile(line => line != "## What must hold").TakeWhile(line => line != "## What it can still do")
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| adversary", StringComparison.Ordinal)).ToList();
        var tests = Checkout.Files(".cs").Where(path => path.StartsWith("tests/", StringComparison.Ordinal))
            .ToLookup(path => Path.GetFileNameWithoutExtension(path));

        Assert.True(rows.Count >= 7, $"only {rows.Count} rows");
        foreach (var row in rows)
        {
            var names = Name().Matches(row).Select(match => (File: match.Groups[1].Value, Test: match.Groups[2].Value)).ToList();
            Assert.True(names.Count >= 3, $"fewer than three tests: {row}");
            Assert.All(names, name => Assert.Contains(tests[name.File],
                path => File.ReadAllText(Checkout.PathOf(path)).Contains(name.Test, StringComparison.Ordinal)));
        }
    }

    private static string Table() => "| it tries | at | refused as |\n|---|---|---|\n"
        + string.Concat(Attack.All.Select(attack => $"| {attack.Name} | {attack.At} | `{attack.Code}` |\n"));

    [GeneratedRegex(@"`(\w+)\.(\w+)`")]
    private static partial Regex Name();
}
