namespace Vantage.Protocol.Charters;

/// <summary>What makes a charter well-formed, whoever looks. Who signed it is <see cref="CharterLine"/>'s question.</summary>
public static class CharterRules
{
    public const int MaxMembers = 1000;
    public const int MaxCodes = 200;
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(366 * 10);

    /// <summary>Every violated rule as a sentence with the member it is about; empty if all hold.</summary>
    public static IReadOnlyList<string> Check(Charter charter)
    {
        var members = charter.Members;
        (bool Holds, string Sentence)[] rules =
        [
            (charter.V == 1, $"v: this program speaks charter version 1, not {charter.V}."),
            (charter.Serial >= 1, "serial: 1 or more."),
            (charter.Serial == 1 == charter.Previous is null, "previous: the first version has none, each later one has it."),
            (charter.Purpose.Length is >= 1 and <= 2000, "purpose: 1 to 2000 characters."),
            (members.Count is >= 1 and <= MaxMembers, $"members: between 1 and {MaxMembers}."),
            (members.DistinctBy(m => m.Organization).Count() == members.Count, "members: each organization once."),
            (members.All(m => m.Name.Length is >= 1 and <= 200), "members.name: 1 to 200 characters."),
            (charter.Threshold >= 1 && charter.Threshold <= members.Count,
                "threshold: at least 1, and not more than there are members."),
            (AreCodes(charter.Purposes, 500), $"purposes: 1 to {MaxCodes}, each once, each of 1 to 500 characters; or absent."),
            (AreCodes(charter.ProjectCodes, 100), $"projectCodes: 1 to {MaxCodes}, each once, each of 1 to 100 characters; or absent."),
            (charter.Start < charter.End, "end: after start."),
            (charter.End - charter.Start <= LongestLife, "end: at most 10 years after start."),
        ];
        return [.. rules.Where(rule => !rule.Holds).Select(rule => rule.Sentence)];
    }

    private static bool AreCodes(IReadOnlyList<string>? codes, int longest) =>
        codes is null || (codes.Count is >= 1 and <= MaxCodes && codes.Distinct().Count() == codes.Count
            && codes.All(code => code.Length >= 1 && code.Length <= longest));
}
