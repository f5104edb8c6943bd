using System.Text.RegularExpressions;

namespace Vantage.NodeAgent.Disclosure.Filtering;

/// <summary>Notes about people: short ones too speak of somebody, or end as sentences do. Names of categories do neither.</summary>
internal static partial class Prose
{
    public static bool IsIn(string text) => Person().IsMatch(text) || Ends().IsMatch(text) || GoesOn().IsMatch(text);

    private const RegexOptions Plain = RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\b(he|she|his|her|him|my|He|She|His|Her|My)\b|^I [a-z]", Plain)]
    private static partial Regex Person();

    [GeneratedRegex(@"^\S+ \S+ .*(\p{L}{4}\.|[!?])$", Plain)]
    private static partial Regex Ends();

    /// <summary>One sentence and the next.</summary>
    [GeneratedRegex(@"^\S+ \S+.*\p{Ll}{4}[.!?] \p{Lu}", Plain)]
    private static partial Regex GoesOn();
}
