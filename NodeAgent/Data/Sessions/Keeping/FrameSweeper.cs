using Vantage.NodeAgent.Policy;

namespace Vantage.NodeAgent.Data.Sessions.Keeping;

/// <summary>
/// Takes frames away that nobody used for their days, and at once those of collaborations that no rule lets keep any: what
/// the owner took back, and a collaboration that ended and was struck from the policy, leave nothing behind.
/// </summary>
internal sealed partial class FrameSweeper(FrameShelf shelf, PolicyBook policy, TimeProvider time, ILogger<FrameSweeper> logger) : BackgroundService
{
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    public void Sweep(bool isFirst)
    {
        // A policy that can't be read says nothing; it may be about to be mended.
        var state = policy.Current() as PolicyState.Readable;
        var swept = shelf.Sweep(collaboration => state is null || state.Policy.Accept.Any(rule =>
            rule.Sessions == SessionConsent.Allow && rule.Collaborations.Contains(collaboration)), isFirst);
        if (swept > 0)
        {
            LogSwept(swept);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        var isFirst = true;
        do
        {
            try
            {
                Sweep(isFirst);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogFailed(e.Message);
            }

            isFirst = false;
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} frames of sessions expired or are allowed no more, and were deleted")]
    private partial void LogSwept(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Expired frames of sessions could not be deleted, and will be tried again: {Why}")]
    private partial void LogFailed(string why);
}
