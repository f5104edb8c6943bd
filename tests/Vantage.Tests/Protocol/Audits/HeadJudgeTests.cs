using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Audits.Trees;
using Vantage.Protocol.Cryptography;

namespace Vantage.Tests.Protocol.Audits;

public sealed class HeadJudgeTests : IDisposable
{
    private readonly Trail trail = new(entries: 30, seed: 1);

    public void Dispose() => trail.Dispose();

    [Fact]
    public void EveryLaterHead_ContinuesEveryEarlierOne()
    {
        Assert.Equal(5, Kept(HeadJudge.Judge(null, Offer(trail, 0, 5))).Size);
        for (var held = 0; held <= 30; held += 3)
        {
            for (var now = held; now <= 30; now++)
                Assert.Equal(now, Kept(HeadJudge.Judge(trail.Head(held), Offer(trail, held, now))).Size);
        }
    }

    [Fact]
    public void AnOlderHead_IsARollback() =>
        Assert.Equal(HeadFault.Rollback, Fault(HeadJudge.Judge(trail.Head(20), Offer(trail, 0, 19))));

    [Theory]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(30)]
    public void ARestoredTrailThatGrewAgain_IsAFork_WithWhateverProof(int now)
    {
        var held = trail.Head(20);
        using var restored = new Trail(entries: 30, seed: 1);
        restored.Entries.RemoveRange(15, 15);
        for (var sequence = 16; sequence <= 30; sequence++)
            restored.Entries.Add(restored.Entry(sequence, "after the restore"));
        var head = restored.Sign(now, trail.Key);

        Assert.Equal(HeadFault.Fork, Fault(HeadJudge.Judge(held, new HeadOffer(head, Spki(trail), Proof(restored, 20, now)))));
        Assert.Equal(HeadFault.Fork, Fault(HeadJudge.Judge(held, new HeadOffer(head, Spki(trail), Proof(trail, 20, now)))));
        Assert.Equal(HeadFault.Fork, Fault(HeadJudge.Judge(held, new HeadOffer(head, Spki(trail), [held.Root]))));
    }

    [Fact]
    public void AnotherTrailOrKey_OrASignatureThatDoesNotFit_IsRefused()
    {
        using var other = new Trail(entries: 30, seed: 2);
        var mine = Offer(trail, 20, 25);

        Assert.Equal(HeadFault.OtherKey, Fault(HeadJudge.Judge(trail.Head(20), new HeadOffer(trail.Sign(25, other.Key), Spki(other), mine.Proof))));
        Assert.Equal(HeadFault.OtherTrail, Fault(HeadJudge.Judge(trail.Head(20), new HeadOffer(other.Sign(25, trail.Key), Spki(trail), mine.Proof))));
        Assert.Equal(HeadFault.HeadSignatureInvalid, Fault(HeadJudge.Judge(null, mine with { Head = mine.Head with { Size = 26 } })));
        Assert.Equal(HeadFault.HeadSignatureInvalid, Fault(HeadJudge.Judge(null, mine with { Key = Spki(other) })));
        Assert.Equal(HeadFault.HeadSignatureInvalid, Fault(HeadJudge.Judge(null, mine with { Key = [1, 2, 3] })));
        Assert.Equal(HeadFault.HeadSignatureInvalid, Fault(HeadJudge.Judge(null, mine with { Proof = [.. Enumerable.Repeat(mine.Head.Root, 1000)] })));
    }

    private static HeadOffer Offer(Trail of, int held, int now) => new(of.Head(now), Spki(of), Proof(of, held, now));

    private static List<Digest> Proof(Trail of, int held, int now) =>
    [
        .. Consistency.Plan(held, now).Select(range =>
            TreeTests.Grown(of.Entries.Skip((int)range.First).Take((int)(range.End - range.First)).Select(entry => entry.Hash())).Root),
    ];

    private static byte[] Spki(Trail of) => of.Key.PublicKey.ToSubjectPublicKeyInfo();

    private static AuditHead Kept(HeadVerdict verdict) => Assert.IsType<HeadVerdict.Good>(verdict).Keep;

    private static HeadFault Fault(HeadVerdict verdict) => Assert.IsType<HeadVerdict.Bad>(verdict).Fault;
}
