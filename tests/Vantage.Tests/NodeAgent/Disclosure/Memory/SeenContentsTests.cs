using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Cryptography;

namespace Vantage.Tests.NodeAgent.Disclosure.Memory;

/// <summary>A file that is the same as before is known to hold the same rows; anything else is looked through.</summary>
public sealed class SeenContentsTests : IDisposable
{
    private static readonly Digest Content = Digest.OfText("as it is today");
    private readonly string folder = Directory.CreateTempSubdirectory("vantage-seen-").FullName;
    private readonly AnswerMemory memory;

    public SeenContentsTests() => memory = AnswerMemory.Open(LocalVolume.Instance, Path.Combine(folder, "memory"), TimeProvider.System);

    public void Dispose()
    {
        memory.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void AnUnchangedFile_HoldsTheRowsItHeld()
    {
        var first = LookedThrough(Content);
        var again = memory.Watch(MemoryRules.Acro, "patients")!;

        Assert.True(again.Knows(Content));
        Assert.True(Assert.Single(again.Scopes(40)!).IsSame(first));
    }

    [Fact]
    public void WhatDiffersInAnything_IsLookedThrough()
    {
        LookedThrough(Content);

        Assert.False(memory.Watch(MemoryRules.Acro, "patients")!.Knows(Digest.OfText("as it is tomorrow")));
        Assert.False(memory.Watch(MemoryRules.Acro, "others")!.Knows(Content));
        Assert.False(memory.Watch(MemoryRules.Acro with { Differencing = 20 }, "patients")!.Knows(Content));
        // Which rows are complete depends on the columns that were asked for.
        Assert.False(memory.Watch(MemoryRules.Acro with { CompleteCases = true }, "patients")!.Knows(Content));
    }

    [Fact]
    public void ASnapshotOfAnotherLength_IsOfRowsThatNobodyKnows()
    {
        LookedThrough(Content);
        var again = memory.Watch(MemoryRules.Acro, "patients")!;

        Assert.True(again.Knows(Content));
        Assert.Null(again.Scopes(39));
    }

    [Fact]
    public void OnlyTheOldestOfManyContents_IsLookedThroughAgain()
    {
        for (var i = 0; i <= SeenContents.Most; i++)
        {
            LookedThrough(Digest.OfText($"{i}"));
        }

        Assert.False(memory.Watch(MemoryRules.Acro, "patients")!.Knows(Digest.OfText("0")));
        Assert.True(memory.Watch(MemoryRules.Acro, "patients")!.Knows(Digest.OfText("1")));
    }

    private RowScope LookedThrough(Digest content)
    {
        var watch = memory.Watch(MemoryRules.Acro, "patients")!;
        Assert.False(watch.Knows(content));
        for (var i = 0; i < 40; i++)
        {
            watch.EndRow((ulong)i, complete: true);
        }

        return Assert.Single(watch.Scopes(40)!);
    }
}
