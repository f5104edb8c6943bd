using Vantage.NodeAgent.Approvals;
using Vantage.NodeAgent.Runs.Deciding;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.NodeAgent.Runs;

/// <summary>
/// A node around the deciding core, with everything that can happen to it happening in an order that a seed gives. Checks
/// the core's promises as it goes.
/// </summary>
internal sealed class NodeWorld(int seed)
{
    private static readonly NodeLimits Limits = NodeLimits.For(slots: 2, skew: TimeSpan.FromMinutes(2), keepPastEnd: TimeSpan.FromHours(1));
    private static readonly RunId[] Names = [.. Enumerable.Range(1, 6).Select(n => RunId.From(new Guid(n, 0, 0, new byte[8])))];

    private readonly RunCalm calm = new();
    private readonly Random random = new(seed);
    private readonly Dictionary<RunId, long> epochs = [];
    private readonly HashSet<RunId> finished = [];
    private readonly HashSet<RunKey> working = [];
    private readonly HashSet<RunKey> stopping = [];
    private readonly HashSet<RunKey> delivering = [];
    private readonly List<StopOrder> stops = [];
    private LeaseState lease = LeaseState.Unknown;
    private DateTimeOffset now = DateTimeOffset.UnixEpoch.AddYears(56);

    public RunBook Book { get; private set; } = RunBook.Empty;

    public NodeView View => new()
    {
        Book = Book,
        Working = working,
        Stopping = stopping,
        Delivering = delivering,
        Stops = stops,
        Lease = lease,
        Now = now,
        Limits = Limits,
    };

    /// <summary>One thing happens, then the node looks.</summary>
    public void Step()
    {
        var run = Names[random.Next(Names.Length)];
        switch (random.Next(14))
        {
            case 0 or 1 or 2 when RunPlan.FreeSlots(View) > 0:
                HandOver(run, epochs.GetValueOrDefault(run) + 1);
                break;
            case 3 when epochs.TryGetValue(run, out var epoch):
                HandOver(run, Math.Max(1, epoch - random.Next(2)));
                break;
            case 4 when epochs.TryGetValue(run, out var epoch):
                stops.Add(new StopOrder(run, Math.Max(1, epoch - random.Next(2)), StopReason.Cancelled));
                break;
            case 5 or 6:
                FinishWork();
                break;
            case 7:
                AnswerDelivery((CommitOutcome)random.Next(3));
                break;
            case 8:
                Crash();
                break;
            case 9:
                now += TimeSpan.FromMinutes(random.Next(3) == 0 ? random.Next(3000) : random.Next(10));
                break;
            case 10:
                lease = random.Next(3) == 0 ? LeaseState.Lapsed : LeaseState.Holds;
                break;
            case 12 or 13:
                Answer();
                break;
            case 11:
                Book = Book.Apply(new JournalRecord.ModeSet(random.Next(2) == 0 ? NodeMode.Paused : NodeMode.Active));
                break;
        }

        Look();
    }

    /// <summary>Nothing goes wrong any more: whatever is in hand has to come to its end.</summary>
    public void Settle()
    {
        lease = LeaseState.Holds;
        for (var i = 0; i < 40; i++)
        {
            Look();
            FinishWork();
            Answer();
            AnswerDelivery(CommitOutcome.Committed);
        }
    }

    public void LetTimePass(TimeSpan by)
    {
        now += by;
        for (var i = 0; i < 10; i++)
        {
            Look();
            FinishWork();
        }
    }

    private void Look()
    {
        stops.RemoveAll(order => Book[order.Run] is not { Stage: RunStage.Claimed } entry || entry.Epoch > order.Epoch);
        Assert.True(Book.Mode == NodeMode.Active || RunPlan.FreeSlots(View) == 0, Told("a paused node claims nothing"));
        var actions = RunPlan.Decide(View);
        Assert.True(actions.SequenceEqual(RunPlan.Decide(View, calm.Look(View))), Told("nothing that is left out of a look has anything due"));
        foreach (var action in actions)
        {
            Perform(action);
        }

        if (actions.Any(action => action is RunAction.Lapse))
        {
            // What was written down wakes the node: it looks again.
            Look();
            return;
        }

        Assert.All(new[] { false, true }, central => Assert.True(
            working.Count(key => (Book[key.Run]?.Delegates ?? false) == central) <= Limits.Slots, Told("no more works of a kind than slots")));
        Assert.True(working.DistinctBy(key => key.Run).Count() == working.Count, Told("one run is worked on once at a time"));
        Assert.DoesNotContain(RunPlan.Decide(View), action => action is RunAction.Begin or RunAction.Deliver or RunAction.Drop);
    }

    private void Perform(RunAction action)
    {
        switch (action)
        {
            case RunAction.Begin begin:
                var entry = Book[begin.Key.Run]!;
                Assert.False(finished.Contains(begin.Key.Run), Told("a finished run never runs again"));
                Assert.True(now < entry.NotAfter, Told("nothing begins after notAfter"));
                Assert.True(entry.Awaiting is null, Told("what waits for a person does not begin"));
                Assert.True(lease == LeaseState.Holds || entry.IsHeld || entry.LostNode == LostNodePolicy.Wait, Told("without a lease only 'wait' begins"));
                Assert.True(working.Add(begin.Key), Told("what is worked on is not begun"));
                break;
            case RunAction.Stop stop:
                stopping.Add(stop.Key);
                break;
            case RunAction.Drop drop:
                Assert.DoesNotContain(working, key => key.Run == drop.Key.Run);
                Book = Book.Apply(new JournalRecord.Dropped(drop.Key.Run, drop.Key.Epoch, drop.Cause));
                break;
            case RunAction.Lapse lapse:
                Assert.True(now >= lapse.Question.Until, Told("a question lapses only at its time"));
                Book = Book.Apply(new JournalRecord.Answered(lapse.Key.Run, lapse.Question.Gate, lapse.Question.Subject, ApprovalWord.Expired, now));
                break;
            case RunAction.Deliver deliver:
                Assert.Equal(RunStage.Sealed, Book[deliver.Key.Run]!.Stage);
                delivering.Add(deliver.Key);
                break;
            case RunAction.GiveUp giveUp:
                Assert.True(now >= Book[giveUp.Key.Run]!.NotAfter + Limits.Skew, Told("an end is given up only after its time"));
                delivering.Remove(giveUp.Key);
                Book = Book.Apply(new JournalRecord.Acknowledged(giveUp.Key.Run, giveUp.Key.Epoch, CommitOutcome.Superseded, now));
                break;
            case RunAction.Sweep sweep:
                Assert.True(Book[sweep.Key.Run]!.Stage is RunStage.Acknowledged or RunStage.Dropped, Told("only what is over is swept"));
                Assert.DoesNotContain(working, key => key.Run == sweep.Key.Run);
                Book = Book.Apply(new JournalRecord.Swept(sweep.Key.Run, sweep.Key.Epoch));
                break;
            case RunAction.Forget forget:
                Assert.True(now >= Book[forget.Run]!.NotAfter, Told("what could still be offered is not forgotten"));
                finished.Remove(forget.Run);
                Book = Book.Apply(new JournalRecord.Forgotten(forget.Run));
                break;
        }
    }

    private void HandOver(RunId run, long epoch)
    {
        var known = Book[run];
        epochs[run] = Math.Max(epochs.GetValueOrDefault(run), epoch);
        if (known is not null && epoch <= known.Epoch)
        {
            return;
        }

        var notAfter = known?.NotAfter ?? now + TimeSpan.FromMinutes(1 + random.Next(5000));
        var policy = known?.LostNode ?? (LostNodePolicy)random.Next(3);
        Book = Book.Apply(new JournalRecord.Claimed(run, epoch, TaskId.From(run.Value), notAfter, policy, notAfter,
            Delegates: known?.Delegates ?? random.Next(4) == 0));
    }

    private void FinishWork()
    {
        foreach (var key in working.Where(_ => random.Next(2) == 0).ToList())
        {
            working.Remove(key);
            if (!stopping.Remove(key))
            {
                if (Question(key) is { } asked)
                {
                    Book = Book.Apply(asked);
                    continue;
                }

                finished.Add(key.Run);
                Book = Book.Apply(new JournalRecord.Sealed(key.Run, key.Epoch, RunOutcome.Succeeded, null, []));
            }
        }
    }

    /// <summary>Every third run's rule wants a person's word, at a gate of its own, and the same at each attempt.</summary>
    private JournalRecord.Asked? Question(RunKey key)
    {
        var gate = key.Run.Value.GetHashCode() % 2 == 0 ? ApprovalGate.BeforeRun : ApprovalGate.BeforeRelease;
        var subject = Digest.OfText(key.Run.ToString());
        return Array.IndexOf(Names, key.Run) % 3 != 0 || Book[key.Run] is not { } entry || entry.Approvals.Any(a => a.IsRefusal || a.Allows(subject))
            ? null
            : new JournalRecord.Asked(key.Run, key.Epoch, gate, subject, "policy", "rule", now, now.AddMinutes(30));
    }

    private void Answer()
    {
        foreach (var (run, question) in Book.Entries.Values.Select(entry => (entry.Run, entry.Awaiting)).ToList())
        {
            if (question is not null)
            {
                var word = random.Next(3) == 0 ? ApprovalWord.Denied : ApprovalWord.Approved;
                Book = Book.Apply(new JournalRecord.Answered(run, question.Gate, question.Subject, word, now, "maria"));
            }
        }
    }

    private void AnswerDelivery(CommitOutcome outcome)
    {
        foreach (var key in delivering.ToList())
        {
            delivering.Remove(key);
            Book = Book.Apply(new JournalRecord.Acknowledged(key.Run, key.Epoch, outcome, now));
        }
    }

    /// <summary>Only the journal survives, and it may have been compacted.</summary>
    private void Crash()
    {
        working.Clear();
        stopping.Clear();
        delivering.Clear();
        stops.Clear();
        lease = LeaseState.Unknown;
        Book = Book.Snapshot().Aggregate(RunBook.Empty, (book, record) => book.Apply(record));
    }

    private string Told(string law) => $"{law}; seed {seed}";
}
