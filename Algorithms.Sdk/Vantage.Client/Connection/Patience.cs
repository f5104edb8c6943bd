using Vantage.Client.Errors;
using Vantage.Protocol.Errors;

namespace Vantage.Client.Connection;

/// <summary>
/// Keeps trying what may be repeated while the Coordinator is out of reach, with growing pauses, and gives up with the
/// last error. <see cref="Progress"/> starts the count afresh: a transfer that moves on is not failing.
/// </summary>
internal sealed class Patience(TimeProvider time, TimeSpan giveUpAfter)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private TimeSpan pause = TimeSpan.FromMilliseconds(250);
    private long? failingSince;

    public static bool IsPassing(VantageException e) =>
        e.Code is ClientErrorCodes.Unreachable or ErrorCodes.Unavailable or ErrorCodes.TooManyRequests;

    public void Progress()
    {
        failingSince = null;
        pause = TimeSpan.FromMilliseconds(250);
    }

    /// <summary>Waits before the next attempt; false when patience has run out.</summary>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        failingSince ??= time.GetTimestamp();
        if (time.GetElapsedTime(failingSince.Value) >= giveUpAfter)
        {
            return false;
        }

        await Task.Delay(pause, time, cancellationToken);
        pause = pause * 2 < Longest ? pause * 2 : Longest;
        return true;
    }

    public async Task<T> KeepTryingAsync<T>(Func<Task<T>> action, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await action();
            }
            catch (VantageException e) when (IsPassing(e))
            {
                if (!await WaitAsync(cancellationToken))
                {
                    throw;
                }
            }
        }
    }
}
