using System.Text;

namespace Vantage.Coordinator.Accounts.SignIn;

/// <summary>The name that somebody signs in with: an e-mail address, usually. Case and the spelling of accents don't matter.</summary>
internal static class Login
{
    private const int Longest = 254;
    private const int Shortest = 3;

    /// <summary>Of whatever was typed; something that nobody is called if it can't be a name at all.</summary>
    public static string Normal(string typed)
    {
        if (typed.Length > Longest || typed.Any(char.IsSurrogate))
            return "";
        var normal = typed.Trim().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        return normal.Length > Longest || normal.Contains('\0', StringComparison.Ordinal) ? "" : normal;
    }

    public static IEnumerable<(string Member, string Rule)> Check(string login)
    {
        if (login.Length is < Shortest or > Longest || Normal(login) != login || login.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            yield return ("login", $"{Shortest} to {Longest} small letters, digits and signs without spaces, such as ada@example.org");
    }
}
