using FsCheck;
using FsCheck.Fluent;
using Vantage.NodeAgent.Approvals;
using Vantage.NodeAgent.Runs.Deciding;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.NodeAgent.Runs;

/// <summary>The deciding core in whole worlds: safety as they go, liveness once nothing goes wrong any more.</summary>
public sealed class RunPlanProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(300);

    /// <summary>What a central function waits for may have to run at its own node: it must not keep it from running.</summary>
    [Fact]
    public void CentralRuns_TakeNoPlaceOfThoseThatWorkBesideData()
    {
        var now = TimeProvider.System.GetUtcNow();
        var runs = Enumerable.Range(0, 6).Select(_ => RunId.New(TimeProvider.System)).ToList();
        var book = runs.Take(3).Select(run => Claimed(run, now, delegates: true))
            .Concat(runs.Skip(3).Select(run => Claimed(run, now, delegates: false)))
            .Aggregate(RunBook.Empty, (folded, record) => folded.Apply(record));
        var view = new NodeView
        {
            Book = book, Working = new HashSet<RunKey>(), Stopping = new HashSet<RunKey>(), Delivering = new HashSet<RunKey>(),
            Stops = [], Lease = LeaseState.Holds, Now = now, Limits = NodeLimits.For(2, TimeSpan.Zero, TimeSpan.FromHours(1)),
        };

        var begun = RunPlan.Decide(view).OfType<RunAction.Begin>().Select(action => action.Key.Run).ToList();

        Assert.Equal([runs[0], runs[1], runs[3], runs[4]], begun);
        Assert.Equal(2, RunPlan.FreeSlots(view with { Book = runs.Take(3).Select(run => Claimed(run, now, delegates: true))
            .Aggregate(RunBook.Empty, (folded, record) => folded.Apply(record)) }));
    }

    [Fact]
    public void RunsThatWaitForAPerson_TakeNoPlace_ButThereIsAnEndToThem()
    {
        var now = TimeProvider.System.GetUtcNow();
        var limits = NodeLimits.For(2, TimeSpan.Zero, TimeSpan.FromHours(1));
        var view = new NodeView
        {
            Book = Awaiting(now, 999), Working = new HashSet<RunKey>(), Stopping = new HashSet<RunKey>(), Delivering = new HashSet<RunKey>(),
            Stops = [], Lease = LeaseState.Holds, Now = now, Limits = limits,
        };

        Assert.Empty(RunPlan.Decide(view));
        Assert.Equal(1, RunPlan.FreeSlots(view));
        Assert.Equal(0, RunPlan.FreeSlots(view with { Book = Awaiting(now, 1000) }));
        Assert.Equal(now.AddMinutes(5), RunPlan.NextDeadline(view));
    }

    private static RunBook Awaiting(DateTimeOffset now, int count) => Enumerable.Range(0, count)
        .Select(_ => RunId.New(TimeProvider.System))
        .SelectMany(run => new[]
        {
            Claimed(run, now, delegates: false),
            new JournalRecord.Asked(run, 1, ApprovalGate.BeforeRelease, Digest.OfText("what"), "policy", "rule", now, now.AddMinutes(5)),
        })
        .Aggregate(RunBook.Empty, (book, record) => book.Apply(record));

    private static JournalRecord Claimed(RunId run, DateTimeOffset now, bool delegates) => new JournalRecord.Claimed(
        run, 1, TaskId.From(run.Value), now.AddHours(1), LostNodePolicy.Wait, now.AddHours(1), Delegates: delegates);

    [Fact]
    public void WhateverHappens_ThePromisesHoldAndEverythingComesToItsEnd() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), Arb.From(Gen.Choose(1, 400)), (seed, steps) =>
        {
            var world = new NodeWorld(seed);
            for (var i = 0; i < steps; i++)
            {
                world.Step();
            }

            world.Settle();
            Assert.All(world.Book.Entries.Values, entry => Assert.True(entry.Stage is RunStage.Acknowledged or RunStage.Dropped, $"seed {seed}"));

            world.LetTimePass(TimeSpan.FromDays(500));
            Assert.Empty(world.Book.Entries);
        }).Check(Many);
}
