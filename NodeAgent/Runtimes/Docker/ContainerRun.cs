using System.Text.Json;
using Vantage.NodeAgent.Runtimes.Docker.Engine;
using Vantage.NodeAgent.Runtimes.Docker.Transports;

namespace Vantage.NodeAgent.Runtimes.Docker;

/// <summary>One container from its start to its end. It was made and looked over before, and is removed afterwards, by others.</summary>
internal sealed class ContainerRun(EngineClient engine, IGatewayTransport transport, RuntimeJob job, string name, TimeProvider time)
{
    /// <summary>Between asking an algorithm to end and killing it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>How long the engine may take to see that what was killed has ended.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>A timer can't be set for longer.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private enum Cause
    {
        Exited,
        Stopped,
        Time,
    }

    /// <summary>Set once the engine was asked to start it: from then on it may have run.</summary>
    public bool Started { get; private set; }

    public async Task<RuntimeEnd> GoAsync(IReadOnlyDictionary<string, string> enforced, CancellationToken stop)
    {
        var (attaching, asking) = (transport.AttachAsync(engine, name, stop), engine.WaitAsync(name, stop));
        await Task.WhenAll(attaching, asking);
        using var streams = await attaching;
        using var waiting = await asking;
        var words = PumpAsync(streams);
        Started = true;
        // Not to be broken off: it may run already while the engine still answers, and then it is asked to end first.
        await engine.StartAsync(name, CancellationToken.None);
        Failpoint.Pass("container.started");
        var exit = ExitAsync(waiting);
        var cause = await FirstAsync(exit, stop);
        if (cause != Cause.Exited)
        {
            await EndAsync(exit, isAsked: cause == Cause.Stopped);
        }

        var code = await exit.WaitAsync(Patience, time, CancellationToken.None);
        Failpoint.Pass("container.ended");
        await words.WaitAsync(Grace, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return cause switch
        {
            Cause.Stopped => new RuntimeEnd.Stopped(enforced),
            Cause.Time => new RuntimeEnd.Exceeded(Resource.Time, enforced),
            // Asked only of one that did not end well: most do.
            _ when code != 0 && (await engine.InspectAsync(name, CancellationToken.None)).State.OOMKilled => new RuntimeEnd.Exceeded(Resource.Memory, enforced),
            _ => new RuntimeEnd.Exited((int)code, enforced),
        };
    }

    private async Task<Cause> FirstAsync(Task<long> exit, CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            var left = job.Limits.Time - time.GetElapsedTime(begun);
            if (exit.IsCompleted)
            {
                return Cause.Exited;
            }

            if (stop.IsCancellationRequested)
            {
                return Cause.Stopped;
            }

            if (left <= TimeSpan.Zero)
            {
                return Cause.Time;
            }

            using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
            await Task.WhenAny(exit, Task.Delay(left < LongestWait ? left : LongestWait, time, over.Token));
            await over.CancelAsync();
        }
    }

    private async Task EndAsync(Task<long> exit, bool isAsked)
    {
        if (isAsked && await engine.KillAsync(name, "SIGTERM", CancellationToken.None))
        {
            await Task.WhenAny(exit, Task.Delay(Grace, time, CancellationToken.None));
        }

        if (!exit.IsCompleted)
        {
            await engine.KillAsync(name, "SIGKILL", CancellationToken.None);
        }
    }

    private async Task<long> ExitAsync(HttpResponseMessage waiting)
    {
        try
        {
            await using var answer = await waiting.Content.ReadAsStreamAsync(CancellationToken.None);
            var waited = await JsonSerializer.DeserializeAsync(answer, EngineJson.Default.Waited, CancellationToken.None);
            return waited is { Error.Message: { Length: > 0 } fault }
                ? throw new EngineException(null, $"The container engine lost the algorithm: {fault}.")
                : waited!.StatusCode;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or JsonException)
        {
            throw new EngineException(null, $"The container engine at {engine.Socket} went away while an algorithm ran: look at the engine's own log.", e);
        }
    }

    /// <summary>Reads on after the log is full: full streams would hold the algorithm up.</summary>
    private async Task PumpAsync(HttpResponseMessage streams)
    {
        try
        {
            await using var frames = await streams.Content.ReadAsStreamAsync(CancellationToken.None);
            await transport.PumpAsync(frames, job, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or ObjectDisposedException)
        {
            // The container is gone, or the engine: whoever waits for its end says so.
        }
    }
}
