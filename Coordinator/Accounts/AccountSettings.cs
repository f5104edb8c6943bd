namespace Vantage.Coordinator.Accounts;

/// <summary>How people sign in and for how long.</summary>
/// <remarks>Properties have setters, since generated JSON readers overwrite the defaults of <c>init</c> ones with zeros.</remarks>
internal sealed record AccountSettings
{
    /// <summary>A browser's session ends when it was not used for so long.</summary>
    public TimeSpan BrowserIdle { get; set; } = TimeSpan.FromHours(1);

    /// <summary>And after so long in any case.</summary>
    public TimeSpan BrowserLife { get; set; } = TimeSpan.FromHours(12);

    /// <summary>The same for the command line, which keeps its session in a file of its owner.</summary>
    public TimeSpan CommandLineIdle { get; set; } = TimeSpan.FromHours(24);

    /// <summary>And after so long in any case.</summary>
    public TimeSpan CommandLineLife { get; set; } = TimeSpan.FromDays(7);

    public IEnumerable<string> Check()
    {
        foreach (var (name, value) in new[]
        {
            ("browserIdle", BrowserIdle), ("browserLife", BrowserLife),
            ("commandLineIdle", CommandLineIdle), ("commandLineLife", CommandLineLife),
        })
        {
            if (value < TimeSpan.FromMinutes(1) || value > TimeSpan.FromDays(90))
                yield return $"accounts.{name}: between 00:01:00 and 90.00:00:00.";
        }
    }
}
