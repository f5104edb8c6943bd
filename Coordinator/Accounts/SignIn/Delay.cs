namespace Vantage.Coordinator.Accounts.SignIn;

/// <summary>
/// How long to wait after so many failures: nothing at first, then twice as long each time, up to an end. Nobody is locked
/// out by somebody else's guessing for longer than that.
/// </summary>
/// <param name="Free">Failures without any wait.</param>
/// <param name="Longest">The wait that it grows to.</param>
/// <param name="Forgotten">After so long without an attempt the count begins anew.</param>
internal sealed record Delay(int Free, TimeSpan Longest, TimeSpan Forgotten)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    public TimeSpan After(int failures) => failures <= Free
        ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(First.TotalSeconds * Math.Pow(2, Math.Min(failures - Free - 1, 40)), Longest.TotalSeconds));

    /// <summary>Null while the wait is not over; else what to remember, as if the attempt had failed.</summary>
    public Attempts? Next(Attempts before, DateTimeOffset now)
    {
        if (now < before.FreeAt)
            return null;
        var failures = (now - before.LastAt > Forgotten ? 0 : before.Failures) + 1;
        return new Attempts(failures, now + After(failures), now);
    }
}

/// <param name="Failures">Lately.</param>
/// <param name="FreeAt">When the next attempt counts.</param>
/// <param name="LastAt">When the last one was made.</param>
internal sealed record Attempts(int Failures, DateTimeOffset FreeAt, DateTimeOffset LastAt);
