using System.Text.RegularExpressions;
using Vantage.Tests.Architecture;

namespace Vantage.Tests.NodeAgent.Disclosure;

/// <summary>The page that says which test holds which rule names tests that are there, and every line of a policy's rules.</summary>
public sealed partial class DisclosureMapTests
{
    private const string Page = "docs/disclosure-rules.md";

    private static readonly Lazy<ILookup<string, string>> Tests = new(() => Checkout.Files(".cs")
        .Where(path => path.StartsWith("tests/", StringComparison.Ordinal)).ToLookup(path => Path.GetFileNameWithoutExtension(path)));

    private static IEnumerable<string> Rows => Checkout.Read(Page).Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1);

    [Fact]
    public void EachRule_NamesTestsThatAreThere() => Assert.All(Rows, row =>
    {
        var named = Name().Matches(row).Select(match => (File: match.Groups[1].Value, Test: match.Groups[2].Value)).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(
            Tests.Value[name.File], path => Regex.IsMatch(Checkout.Read(path), $@" (Task|void) {name.Test}\(", RegexOptions.NonBacktracking)));
    });

    /// <summary>The lines are those of the table in docs/disclosure.md.</summary>
    [Fact]
    public void EveryLineOfThePolicy_IsHeldBySomething()
    {
        var lines = Checkout.Read("docs/disclosure.md").Split('\n').SkipWhile(line => line != "| key | `acro` | `datashield` | meaning |").Skip(2)
            .TakeWhile(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Word().Matches(line.Split('|')[1]).Select(match => match.Groups[1].Value)).ToList();

        Assert.True(lines.Count >= 18, $"only {lines.Count} lines");
        Assert.All(lines, line => Assert.Contains(Rows, row => row.Contains($"`{line}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void WhatIsNotDone_IsSaid() =>
        Assert.Contains("No noise is added, and there is no privacy budget.", Checkout.Read("docs/disclosure.md"), StringComparison.Ordinal);

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex Word();
}
