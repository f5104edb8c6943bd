using Vantage.Coordinator.Accounts.Mail;

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

    /// <summary>Rounds of PBKDF2 with HMAC-SHA512 behind a password: about a tenth of a second. Old hashes keep theirs.</summary>
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>Failed sign-ins under one name before the next ones have to wait.</summary>
    public int FreeFailures { get; set; } = 5;

    /// <summary>The same from one address, under whatever names: a hospital's whole staff may share one.</summary>
    public int FreeFailuresOfAddress { get; set; } = 50;

    /// <summary>The wait under one name doubles up to this.</summary>
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whoever signs in with a password needs an address that was verified.</summary>
    public bool VerifiedEmailOnly { get; set; }

    /// <summary>How letters leave.</summary>
    public MailSettings Mail { get; set; } = new();

    public IEnumerable<string> Check()
    {
        foreach (var broken in Mail.Check())
            yield return broken;
        if (PasswordIterations is < 100_000 or > 10_000_000)
            yield return "accounts.passwordIterations: between 100000 and 10000000.";
        if (FreeFailures is < 1 or > 1000)
            yield return "accounts.freeFailures: between 1 and 1000.";
        if (FreeFailuresOfAddress is < 1 or > 1_000_000)
            yield return "accounts.freeFailuresOfAddress: between 1 and 1000000.";
        if (LongestDelay < TimeSpan.FromSeconds(1) || LongestDelay > TimeSpan.FromHours(1))
            yield return "accounts.longestDelay: between 00:00:01 and 01:00:00.";
        if (VerifiedEmailOnly && Mail is { Host: null, Folder: null })
            yield return "accounts.verifiedEmailOnly: nobody could verify an address, since no mail is sent. Set accounts.mail.";
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
