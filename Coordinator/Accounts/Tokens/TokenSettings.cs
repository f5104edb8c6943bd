namespace Vantage.Coordinator.Accounts.Tokens;

/// <summary>How long API tokens may live.</summary>
/// <remarks>Properties have setters, since generated JSON readers overwrite the defaults of <c>init</c> ones with zeros.</remarks>
internal sealed record TokenSettings
{
    /// <summary>Longest life of a token, in days, whether made, renewed or rotated to. None lives for ever.</summary>
    public int LongestDays { get; set; } = 366;

    /// <summary>Longest time that a rotated token stays good beside its successor.</summary>
    public TimeSpan LongestOverlap { get; set; } = TimeSpan.FromDays(7);

    public IEnumerable<string> Check()
    {
        if (LongestDays is < 1 or > 3660)
            yield return "tokens.longestDays: between 1 and 3660.";
        if (LongestOverlap < TimeSpan.Zero || LongestOverlap > TimeSpan.FromDays(90))
            yield return "tokens.longestOverlap: between 00:00:00 and 90.00:00:00.";
    }
}
