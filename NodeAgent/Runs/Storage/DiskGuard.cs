using Vantage.NodeAgent.Hosting;

namespace Vantage.NodeAgent.Runs.Storage;

/// <summary>
/// Keeps the node from taking on what it could not finish: with little free disk, or while writing fails, it claims
/// nothing. Says the first trouble and the recovery.
/// </summary>
internal sealed partial class DiskGuard(
    NodeHome home, IVolume volume, NodeSettings settings, NodeFate fate, ILogger<DiskGuard> logger)
{
    private readonly Lock gate = new();
    private string? trouble;

    /// <summary>Why nothing is claimed; null if there is room.</summary>
    public string? Trouble
    {
        get
        {
            lock (gate)
            {
                var free = volume.FreeBytes(home.State);
                if (free < settings.MinimumFreeMiB * 1024L * 1024)
                {
                    Tell($"Only {free / 1024 / 1024} MiB are free under {home.State}; below {settings.MinimumFreeMiB} MiB "
                        + "('minimumFreeMiB' in node.yaml) the node takes on nothing new. Free some disk.");
                }
                else
                {
                    Recovered();
                }

                return trouble;
            }
        }
    }

    public static bool IsTrouble(Exception e) => e is IOException or UnauthorizedAccessException or JournalException;

    /// <summary>
    /// A write failed. What was to be written is still in hand and is tried again, unless nobody can tell any more what the
    /// journal holds: then the node stops.
    /// </summary>
    public void Failed(Exception e)
    {
        LogFailed(home.State, e.Message);
        fate.FailIfFatal(e);
    }

    private void Tell(string problem)
    {
        if (trouble is null)
        {
            LogTrouble(problem);
        }

        trouble = problem;
    }

    private void Recovered()
    {
        if (trouble is not null)
        {
            LogRecovered(home.State);
            trouble = null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Problem}")]
    private partial void LogTrouble(string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "There is room again under {State}")]
    private partial void LogRecovered(string state);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Writing under {State} failed: {Why} Nothing is lost; the node tries again. Free some disk or mend it")]
    private partial void LogFailed(string state, string why);
}
