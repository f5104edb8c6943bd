using System.Globalization;

namespace Vantage.Coordinator.Hosting;

/// <summary>The rule for names that people give things.</summary>
internal static class Names
{
    private const int Longest = 100;

    /// <summary>Nothing that a terminal or a list would show differently from what it is.</summary>
    public static IEnumerable<(string Member, string Rule)> Check(string member, string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > Longest)
            yield return (member, $"between 1 and {Longest} characters");
        else if (name != name.Trim())
            yield return (member, "no white space at its beginning or end");
        else if (name.EnumerateRunes().Any(rune => System.Text.Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
            or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned))
        {
            yield return (member, "no control or invisible characters");
        }
    }
}
