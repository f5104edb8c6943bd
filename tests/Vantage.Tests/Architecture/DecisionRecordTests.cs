using System.Text.RegularExpressions;

namespace Vantage.Tests.Architecture;

/// <summary>Decisions are dated files with the same four answers (docs/adr/0001).</summary>
public sealed partial class DecisionRecordTests
{
    private static readonly string[] Sections = ["## Context", "## Decision", "## Consequences"];

    private static IEnumerable<string> Records => Checkout.Files(".md")
        .Where(path => path.StartsWith("docs/adr/", StringComparison.Ordinal) && !path.EndsWith("/README.md", StringComparison.Ordinal));

    [Fact]
    public void Records_HaveNumberStatusDateAndSections()
    {
        var wrong = Records.Where(path =>
        {
            var lines = File.ReadAllLines(Checkout.PathOf(path));
            return !Title().IsMatch(lines[0])
                || !lines[0].StartsWith($"# {Path.GetFileName(path)[..4]} · ", StringComparison.Ordinal)
                || !lines.Any(line => Status().IsMatch(line))
                || Sections.Any(section => !lines.Contains(section));
        });

        Assert.NotEmpty(Records);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Records_HaveTheirOwnNumberAndImperativeFileName()
    {
        var numbers = Records.Select(path => Path.GetFileName(path)[..4]).ToList();

        Assert.Equal(numbers.Distinct(), numbers);
        Assert.DoesNotContain(Records, path => !FileName().IsMatch(Path.GetFileName(path)));
    }

    [GeneratedRegex(@"^# \d{4} · \S.*$")]
    private static partial Regex Title();

    [GeneratedRegex(@"^Status: (proposed|accepted|superseded by \d{4}), \d{4}-\d{2}-\d{2}$")]
    private static partial Regex Status();

    [GeneratedRegex(@"^\d{4}-[a-z0-9]+(-[a-z0-9]+)+\.md$")]
    private static partial Regex FileName();
}
