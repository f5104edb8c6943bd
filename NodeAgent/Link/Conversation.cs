using Vantage.NodeAgent.Audit.Coordinators;
using Vantage.NodeAgent.Trust.Charters;
using Vantage.Protocol.Hub;

namespace Vantage.NodeAgent.Link;

/// <summary>Says on one line what the agenda has, hears the answers, and waits in between.</summary>
internal sealed class Conversation(
    HubLine line, IRunDesk desk, Hints hints, StatementNews statements, CharterNews charters, HeadKeeper heads, Welcome terms, TimeProvider time)
{
    private readonly Agenda agenda = new(desk, terms, time);

    /// <summary>The first words: what this node holds, and that it is there.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        while (!agenda.HasBegun)
        {
            await StepAsync(cancellationToken);
        }
    }

    /// <summary>Says the next thing, or waits until something is due.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        switch (agenda.Next())
        {
            case Turn.SayAll all:
                var reply = await line.ReconcileAsync(all.Inventory with { AuditSize = heads.Held }, cancellationToken);
                statements.Heard(reply.Statements);
                charters.Heard(reply.Charters ?? []);
                heads.Heard(reply.Audit);
                agenda.Heard(reply);
                break;
            case Turn.Beat beat:
                agenda.Heard(beat, await line.HeartbeatAsync(beat.Heartbeat, cancellationToken));
                break;
            case Turn.Ask ask:
                await agenda.HeardAsync(ask, await line.ClaimAsync(ask.Request, cancellationToken), cancellationToken);
                break;
            case Turn.Rest rest:
                await WaitAsync(rest.For, cancellationToken);
                break;
        }
    }

    private async Task WaitAsync(TimeSpan atTheLatest, CancellationToken cancellationToken)
    {
        using var waking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var hint = hints.WhenAny(waking.Token);
        var news = desk.WhenNews(waking.Token);
        var due = Task.Delay(atTheLatest, time, waking.Token);
        var first = await Task.WhenAny(hint, news, due, line.Closed);
        await waking.CancelAsync();
        await Task.WhenAll(hint, news, due).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
        if (hint.IsCompletedSuccessfully)
        {
            agenda.HeardHint();
            if (hints.TakeLookAgain())
            {
                agenda.HeardLookAgain();
            }
        }

        if (news.IsCompletedSuccessfully)
        {
            agenda.HeardNews();
        }

        if (first == line.Closed)
        {
            throw new IOException("The line was closed.", await line.Closed);
        }
    }
}
