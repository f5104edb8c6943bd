using Vantage.Protocol.Audits;
using Vantage.Protocol.Audits.Trails;

namespace Vantage.Tests.Protocol.Audits;

public sealed class TrailTests
{
    private static readonly int Tries = Environment.GetEnvironmentVariable("VANTAGE_TIER") == "soak" ? 10_000 : 500;

    [Fact]
    public void AWholeTrail_IsSound_WithEveryHeadThatWasEverKept()
    {
        using var trail = new Trail(entries: 40, seed: 1);

        var verdict = Trail.Verify(trail.Export(7, 8, 40), trail.Key.KeyId, trail.Head(1), trail.Head(16), trail.Head(40));

        var whole = Assert.IsType<TrailVerdict.Whole>(verdict);
        Assert.True(whole.Head.Agrees(trail.Head(40)));
        Assert.Equal((40, 0, 3), (whole.Shown, whole.Hidden, whole.Compared));
    }

    /// <summary>Bytes and lines of the file are changed, by somebody who knows nothing: as a disk does it, or an editor.</summary>
    [Fact]
    public void RandomEditsOfTheFile_AreAllDetected()
    {
        using var trail = new Trail(entries: 24, seed: 2);
        var lines = trail.Export(5, 16, 24);
        for (var seed = 0; seed < Tries; seed++)
        {
            var edited = Edits.OfFile(lines, new Random(seed), out var what);

            Assert.True(Trail.Verify(edited, trail.Key.KeyId, []) is TrailVerdict.Broken, $"Seed {seed} was not noticed: {what}.");
        }
    }

    /// <summary>
    /// Entries are changed, removed, put in, swapped or cut off by somebody who has the database and knows this format, and
    /// makes everything anew that is not signed. What is signed says so.
    /// </summary>
    [Fact]
    public void RandomEditsOfTheDatabase_AreAllDetected()
    {
        using var trail = new Trail(entries: 24, seed: 3);
        var head = trail.Head(24);
        for (var seed = 0; seed < Tries; seed++)
        {
            var entries = Edits.OfEntries(trail, new Random(seed), out var what);

            var verdict = Trail.Verify(Edits.Forged(trail, entries, head), trail.Key.KeyId, head);

            Assert.True(verdict is TrailVerdict.Broken, $"Seed {seed} was not noticed: {what}.");
        }
    }

    [Fact]
    public void TheFirstBadEntry_IsNamed()
    {
        using var trail = new Trail(entries: 24, seed: 4);
        var lines = trail.Export(24);

        var altered = Broken(Trail.Verify([.. lines[..9], lines[9].Replace("task.submit", "task.cancel"), .. lines[10..]]));
        var removed = Broken(Trail.Verify([.. lines[..9], .. lines[10..]]));
        var cut = Broken(Trail.Verify(lines[..12]));
        var doubled = Broken(Trail.Verify([.. lines[..9], lines[8], .. lines[9..]]));

        Assert.Equal((TrailFault.EntryAltered, 9L), (altered.Fault, altered.Entry));
        Assert.Equal((TrailFault.SequenceBroken, 9L), (removed.Fault, removed.Entry));
        Assert.Equal((TrailFault.Truncated, 12L), (cut.Fault, cut.Entry));
        Assert.Equal((TrailFault.SequenceBroken, 9L), (doubled.Fault, doubled.Entry));
    }

    [Fact]
    public void WhoHasTheKeyToo_IsCaughtByAnyHeadKeptElsewhere()
    {
        using var trail = new Trail(entries: 24, seed: 5);
        var kept = trail.Head(20);

        trail.Entries.RemoveRange(15, 9);
        var shorter = Broken(Trail.Verify(trail.Export(15), trail.Key.KeyId, kept));
        for (var sequence = 16; sequence <= 40; sequence++)
            trail.Entries.Add(trail.Entry(sequence, "rewritten"));
        var rewritten = Broken(Trail.Verify(trail.Export(40), trail.Key.KeyId, kept));

        Assert.Equal(TrailFault.NotWhatWasSigned, shorter.Fault);
        Assert.Equal(TrailFault.NotWhatWasSigned, rewritten.Fault);
    }

    [Fact]
    public void AnotherKeysTrail_OrAHeadOfAnotherKeyOrTrail_IsRefused()
    {
        using var trail = new Trail(entries: 5, seed: 6);
        using var other = new Trail(entries: 5, seed: 7);

        Assert.Equal(TrailFault.OtherKey, Broken(Trail.Verify(trail.Export(5), other.Key.KeyId)).Fault);
        Assert.Equal(TrailFault.OtherTrail, Broken(Trail.Verify(trail.Export(5), null, other.Head(3))).Fault);
        Assert.Equal(TrailFault.HeadSignatureInvalid, Broken(Trail.Verify(trail.Export(5), null, trail.Sign(3, other.Key))).Fault);
    }

    /// <summary>A tenant sees its own entries, and of the others hashes: enough for every check, and nothing to try names against.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ATenantsView_IsAsSoundAsTheWhole(int seed)
    {
        using var trail = new Trail(entries: 60, seed);
        var random = new Random(seed);
        var own = Enumerable.Range(1, 60).Where(_ => random.Next(5) == 0).Select(i => (long)i).ToHashSet();
        int[] heads = [13, 60];

        var view = Edits.View(trail, own, heads);
        var whole = Assert.IsType<TrailVerdict.Whole>(Trail.Verify(view, trail.Key.KeyId, trail.Head(13), trail.Head(60)));
        var elsewhere = Trail.Verify(view, trail.Key.KeyId, trail.Head(own.Contains(29) ? 29 : 60));

        Assert.Equal((own.Count, 60 - own.Count), ((int)whole.Shown, (int)whole.Hidden));
        Assert.IsType<TrailVerdict.Whole>(elsewhere);
        for (var change = 0; change < 500; change++)
        {
            var edited = Edits.OfFile(view, new Random(change), out var what);
            Assert.True(Trail.Verify(edited, trail.Key.KeyId, []) is TrailVerdict.Broken, $"Seed {change} was not noticed: {what}.");
        }
    }

    [Fact]
    public void AHash_DoesNotTellWhatItHides_ToWhoCanGuessEverythingButTheSalt()
    {
        using var trail = new Trail(entries: 1, seed: 9);
        var entry = trail.Entries[0];

        Assert.NotEqual(entry.Hash(), (entry with { Salt = new byte[AuditRecord.SaltSize] }).Hash());
        Assert.Equal(AuditRecord.SaltSize, entry.Salt.Length);
    }

    [Fact]
    public void NoTwoEntries_HaveTheSameBytes()
    {
        using var trail = new Trail(entries: 1, seed: 10);
        var entry = trail.Entries[0] with { Actor = "ab", Action = "c", Details = null };

        AuditRecord[] others =
        [
            entry with { Actor = "a", Action = "bc" },
            entry with { Details = [new AuditDetail("", "")] },
            entry with { Sequence = 2 },
            entry with { At = entry.At.AddMicroseconds(1) },
            entry with { Subject = entry.Subject + "\0" },
            entry with { Organization = new(entry.Collaboration?.Value ?? Guid.Empty), Collaboration = null },
        ];

        Assert.Equal(others.Length + 1, others.Prepend(entry).Select(record => Convert.ToHexString(record.ToBytes())).Distinct().Count());
    }

    private static TrailVerdict.Broken Broken(TrailVerdict verdict) => Assert.IsType<TrailVerdict.Broken>(verdict);
}
