using System.Text.RegularExpressions;

namespace Vantage.NodeAgent.Disclosure.Filtering;

/// <summary>What numbers, addresses and names of people look like.</summary>
internal static partial class Identifiers
{
    /// <summary>Fewer names are a coincidence.</summary>
    private const int FewestNames = 3;

    public static bool IsIn(string text) => Has(Variant().Replace(text, ""));

    private static bool Has(string text) =>
        LongNumber().IsMatch(text) || Grouped().IsMatch(text) || Mail().IsMatch(text) || Date().IsMatch(text) || WrittenDate().IsMatch(text)
        || Address().IsMatch(text) || Uuid().IsMatch(text) || Web().IsMatch(text) || Account().IsMatch(text) || Point().IsMatch(text)
        || Title().IsMatch(text);

    public static bool IsList(string text) => List().IsMatch(text);

    public static bool IsHexadecimal(string word) => Hexadecimal().IsMatch(word);

    /// <summary>
    /// Whether levels are all written as people are in a list, and no two alike: of places and of parts of the body, one half comes back.
    /// </summary>
    public static bool AreNames(IReadOnlyList<string> levels) =>
        levels.Count >= FewestNames && levels.All(level => Name().IsMatch(level))
        && levels.Select(level => level.Split(", ")[0]).Distinct().Count() == levels.Count
        && levels.Select(level => level.Split(", ")[1]).Distinct().Count() == levels.Count;

    private const RegexOptions Plain = RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private const string Months =
        "jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|janv|févr|avr|juin|juil|août|déc";

    /// <summary>Record, device and civic numbers, numbers with more digits than a measurement has, and what stands in a genome.</summary>
    [GeneratedRegex(@"[0-9]{7}|[A-Za-z]{1,4}[-_ ]?[0-9]{5}|[0-9]{2}-[0-9]{6}-[0-9]{6}|\b[0-9]{6}[-+A][0-9]{3}[0-9A-Z]\b|[ACGT]{16}", Plain)]
    private static partial Regex LongNumber();

    /// <summary>A variant of the genome by its public number, with its two alleles: nobody's own.</summary>
    [GeneratedRegex(@"\brs[0-9]{3,10} [ACGT][/>|][ACGT]\b", Plain)]
    private static partial Regex Variant();

    /// <summary>Telephone, social security and card numbers: three groups of digits.</summary>
    [GeneratedRegex(@"[0-9]{2,4}[-. /][0-9]{2,4}[-. /][0-9]{3,4}|\+[0-9]{2}|\([0-9]{2,5}\) ?[0-9]{3}", Plain)]
    private static partial Regex Grouped();

    [GeneratedRegex(@"[^ @]+(@|[ ]?[\[(]at[\])][ ]?)[^ @]+\.[A-Za-z]{2}", Plain)]
    private static partial Regex Mail();

    [GeneratedRegex(@"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}", Plain)]
    private static partial Regex Date();

    [GeneratedRegex(@"\b[0-9]{1,2}[-. ]+(" + Months + @")\p{L}*[-. ,]+[0-9]{2,4}\b|\b(" + Months + @")\p{L}*\.? [0-9]{1,2},? [0-9]{4}\b", Plain | RegexOptions.IgnoreCase)]
    private static partial Regex WrittenDate();

    [GeneratedRegex(@"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}", Plain)]
    private static partial Regex Address();

    [GeneratedRegex(@"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-", Plain)]
    private static partial Regex Uuid();

    [GeneratedRegex(@"://|\\\\|^/[a-z]+/", Plain)]
    private static partial Regex Web();

    /// <summary>Bank accounts.</summary>
    [GeneratedRegex(@"[A-Z]{2}[0-9]{2} ?[0-9A-Z]{4} ?[0-9A-Z]{4}", Plain)]
    private static partial Regex Account();

    /// <summary>A point on the map, to ten metres.</summary>
    [GeneratedRegex(@"[0-9]\.[0-9]{4,}[NSEW]?[,;/ ]+-?[0-9]{1,3}\.[0-9]{4,}", Plain)]
    private static partial Regex Point();

    /// <summary>How people are addressed.</summary>
    [GeneratedRegex(@"^(Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Mme)\.? \p{Lu}", Plain)]
    private static partial Regex Title();

    /// <summary>Surname, first name.</summary>
    [GeneratedRegex(@"^\p{Lu}[\p{L}'-]+, \p{Lu}[\p{L}'-]+( \p{Lu}\.?)?$", Plain)]
    private static partial Regex Name();

    /// <summary>Three numbers and more are no level; an interval has two.</summary>
    [GeneratedRegex(@"[0-9.]{2,}[,; ]+[0-9.]{2,}[,; ]+[0-9.]{2,}|[{}""]", Plain)]
    private static partial Regex List();

    [GeneratedRegex(@"^[0-9a-fA-F]*([0-9][a-fA-F]|[a-fA-F][0-9])[0-9a-fA-F]{6,}$", Plain)]
    private static partial Regex Hexadecimal();
}
