using FsCheck;
using FsCheck.Fluent;
using Vantage.NodeAgent.Runs.Journal;

namespace Vantage.Tests.NodeAgent.Runs;

/// <summary>The deciding core in whole worlds: safety as they go, liveness once nothing goes wrong any more.</summary>
public sealed class RunPlanProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(300);

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
