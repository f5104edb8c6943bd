using System.Reflection;

namespace Vantage.Coordinator.Accounts.Passwords;

/// <summary>
/// What a new password has to be: long, not in the list of common ones, and not made of the person's own names. Nothing
/// about kinds of characters, which makes passwords worse (NIST SP 800-63B).
/// </summary>
internal static class PasswordLaws
{
    public const int Shortest = 12;

    /// <summary>Long enough for any passphrase; hashing takes the same time whatever the length.</summary>
    public const int Longest = 256;
    private const int FewestDifferent = 5;
    private const int MostAdded = 6;
    private static readonly Lazy<HashSet<string>> Common = new(Load);

    /// <param name="password">As typed.</param>
    /// <param name="own">Login, name, address: what somebody who knows the person tries first.</param>
    public static IEnumerable<(string Member, string Rule)> Check(string password, params IEnumerable<string?> own)
    {
        if (password.Length is < Shortest or > Longest)
            yield return ("password", $"{Shortest} to {Longest} characters: three or four random words are good and can be remembered");
        else if (IsCommon(password.ToLowerInvariant()) || password.Distinct().Count() < FewestDifferent)
            yield return ("password", "not one that many people use, nor one with a few digits or signs added");
        else if (own.OfType<string>().SelectMany(Parts).Any(part => Covers(password, part)))
            yield return ("password", "not your own name or address with little added");
    }

    private static bool IsCommon(string password)
    {
        var core = password.TrimEnd([.. "0123456789!?.,;:-_*+#$%&@()"]);
        return Common.Value.Contains(password) || (password.Length - core.Length <= MostAdded && Common.Value.Contains(core));
    }

    private static IEnumerable<string> Parts(string text) => [text, .. text.Split('@', ' ', '.')];

    private static bool Covers(string password, string part) =>
        part.Length >= 4 && password.Length - part.Length <= MostAdded && password.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static HashSet<string> Load()
    {
        using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("common-passwords.txt")!);
        return text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#')).ToHashSet();
    }
}
