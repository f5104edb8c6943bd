using Vantage.NodeAgent.Audit.Coordinators;
using Vantage.NodeAgent.Link.Faults;
using Vantage.NodeAgent.Link.SignIn;
using Vantage.NodeAgent.Trust.Charters;
using Vantage.Protocol.Hub;

namespace Vantage.NodeAgent.Link;

/// <summary>
/// Keeps a line to the Coordinator for as long as the node lives: connect, say hello, talk until it breaks, wait a little,
/// again. Says the first failure and the recovery, not every try.
/// </summary>
internal sealed partial class LinkLoop(
    LinkConnector connector, Certifier certifier, LineHolder holder, IRunDesk desk, LinkHealth health, LinkRetry retry,
    StatementNews statements, CharterNews charters, HeadKeeper heads, TimeProvider time, ILogger<LinkLoop> logger) : BackgroundService
{
    private static readonly string AgentVersion = typeof(LinkLoop).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    private static readonly TimeSpan NoticeableSkew = TimeSpan.FromSeconds(30);

    private int failures;
    private LinkFaultKind? lastTold;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(await StepAsync(stoppingToken), time, stoppingToken);
        }
    }

    /// <summary>One line from its beginning to its end. Returns how long to wait before the next.</summary>
    internal async Task<TimeSpan> StepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await certifier.EnsureAsync(cancellationToken);
            var hints = new Hints(desk, statements);
            await using var line = await connector.OpenAsync(hints, cancellationToken);
            await TalkAsync(line, hints, cancellationToken);
            return TimeSpan.Zero;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return TimeSpan.Zero;
        }
        catch (Exception e)
        {
            var fault = retry.Explain(e);
            failures++;
            Tell(fault);
            return retry.Delay(fault, failures);
        }
    }

    private async Task TalkAsync(HubLine line, Hints hints, CancellationToken cancellationToken)
    {
        var terms = await line.HelloAsync(new Hello(1, 1, [], AgentVersion), cancellationToken);
        var began = time.GetTimestamp();
        var conversation = new Conversation(line, desk, hints, statements, charters, heads, terms, time);
        try
        {
            await conversation.BeginAsync(cancellationToken);
            Recovered(line, terms);
            while (true)
            {
                await conversation.StepAsync(cancellationToken);
            }
        }
        finally
        {
            holder.Clear();
            connector.Ended(line, time.GetElapsedTime(began), cut: !hints.Goodbye && !cancellationToken.IsCancellationRequested);
        }
    }

    /// <summary>A line counts once something was said over it and answered.</summary>
    private void Recovered(HubLine line, Welcome terms)
    {
        holder.Set(new LineUp(line, terms, time.GetUtcNow()));
        certifier.ForgetCode();
        health.Up(line.Kind);
        failures = 0;
        lastTold = null;
        LogUp(line.Kind);
        var ahead = terms.Now - time.GetUtcNow();
        if (ahead.Duration() > NoticeableSkew)
        {
            LogClock((int)ahead.TotalSeconds);
        }
    }

    private void Tell(LinkFault fault)
    {
        health.Down(fault);
        if (lastTold != fault.Kind)
        {
            lastTold = fault.Kind;
            LogDown(fault.Kind, fault.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Linked to the Coordinator by {Transport}")]
    private partial void LogUp(Transports.TransportKind transport);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No link ({Kind}): {Message} Work that is under way goes on; the node keeps trying")]
    private partial void LogDown(LinkFaultKind kind, string message);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The Coordinator's clock is {Seconds} s ahead of this machine's; beyond 'clockSkewSeconds' manifests look too early or too late. Set the clock")]
    private partial void LogClock(int seconds);
}
