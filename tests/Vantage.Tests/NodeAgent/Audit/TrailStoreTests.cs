using Vantage.NodeAgent.Audit.Showing;
using Vantage.NodeAgent.Audit.Trail;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Audits.Trails;
using Vantage.Protocol.Cryptography;

namespace Vantage.Tests.NodeAgent.Audit;

public sealed class TrailStoreTests : IDisposable
{
    private readonly string folder = MemoryFolder.Create("vantage-trail-");
    private readonly SigningKey key = SigningKey.Create();

    public void Dispose()
    {
        key.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void WhatWasAppended_IsThereAfterEachStart_AcrossManySegments_AndIsSound()
    {
        for (var life = 0; life < 5; life++)
        {
            using var store = Open(segmentBytes: 3000);
            for (var i = 0; i < 10; i++)
                store.Append("nod_x", [Happened($"run {life}.{i}"), Happened("also", "rule", "none")]);
        }

        Assert.True(Segments.Numbers.Count > 5);
        var whole = Assert.IsType<TrailVerdict.Whole>(Verify());
        Assert.Equal(100, whole.Shown);
        Assert.Equal("run 4.9", new TrailCopy(Segments).Entries(whole.Head.Chain).Last(entry => entry.Action == "run.start" && entry.Details is null).Subject);
    }

    [Fact]
    public void ATornEnd_IsCutOff_AndTheTrailGoesOn()
    {
        Append(3);
        var path = Segments.PathOf(Segments.Numbers[^1]);
        using (var file = new FileStream(path, FileMode.Open))
            file.SetLength(file.Length - 7);

        Append(2);

        Assert.Equal(4, Assert.IsType<TrailVerdict.Whole>(Verify()).Shown);
    }

    /// <summary>NATS, Jepsen 2.12.1: one flipped bit lost far more than it was in. Here it loses nothing unsaid.</summary>
    [Fact]
    public void AnyFlippedBit_IsRefusedAtTheNextStart_AndByWhoeverLooks()
    {
        Append(3);
        WriteHead();
        var path = Segments.PathOf(1);
        var good = File.ReadAllBytes(path);
        for (var bit = 0; bit < good.Length * 8; bit += 5)
        {
            var bad = good.ToArray();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(path, bad);

            Assert.ThrowsAny<Exception>(() => Open().Dispose());
            File.WriteAllBytes(path, bad);
            Assert.True(IsNoticed(), $"Bit {bit} was not noticed.");
        }
    }

    /// <summary>At a record's end the file looks whole; the head beside it says that it was longer.</summary>
    [Fact]
    public void ATrailThatWasCutOffAnywhere_IsRefused_IfItsHeadHadBeenWritten()
    {
        Append(4);
        WriteHead();
        var path = Segments.PathOf(1);
        var good = File.ReadAllBytes(path);
        for (var length = 0; length < good.Length; length += 3)
        {
            File.WriteAllBytes(path, good[..length]);

            Assert.Throws<JournalException>(() => Open().Dispose());
            File.WriteAllBytes(path, good);
        }

        File.Delete(path);
        Assert.Throws<JournalException>(() => Open().Dispose());
    }

    [Fact]
    public void AnotherKey_BeginsAnotherTrail_ThatNamesTheOneBefore()
    {
        Append(2);
        var before = Assert.IsType<TrailVerdict.Whole>(Verify()).Head;
        using var next = SigningKey.Create();

        using (var store = TrailStore.Open(LocalVolume.Instance, Segments, next, TimeProvider.System))
        {
            Assert.Equal(before, store.Before);
            store.Append("nod_x", [Happened("anew")]);
        }

        Assert.Equal(2, new TrailCopy(Segments).Chains.Count);
        Assert.Equal(next.KeyId, Assert.IsType<TrailVerdict.Whole>(Verify(next.KeyId)).Head.Key);
    }

    [Fact]
    public void WhenOldSegmentsWereArchived_TheRestVerifies_AndGoesOn()
    {
        using (var store = Open(segmentBytes: 1500))
        {
            for (var i = 0; i < 20; i++)
                store.Append("nod_x", [Happened($"{i}")]);
        }

        foreach (var number in Segments.Numbers.SkipLast(1))
            File.Delete(Segments.PathOf(number));
        Append(1);

        var whole = Assert.IsType<TrailVerdict.Whole>(Verify());
        Assert.Equal(21, whole.Head.Size);
        Assert.True(whole.Hidden > 0);
    }

    [Fact]
    public void AnExportOfSomeEntries_HidesTheOthers_AndIsAsSound()
    {
        using (var store = Open())
        {
            for (var i = 0; i < 30; i++)
                store.Append("nod_x", [Happened($"{i}", "task", i % 7 == 0 ? "mine" : "theirs")]);
        }

        var copy = new TrailCopy(Segments);
        var lines = copy.Lines(copy.Chains[0], entry => entry.Details![0].Value == "mine").ToList();
        var verifier = new TrailVerifier(new TrailExpectation(key.KeyId, []));
        lines.ForEach(line => verifier.Read(TrailJson.Write(line)));

        var whole = Assert.IsType<TrailVerdict.Whole>(verifier.Complete());
        Assert.Equal((5, 25), ((int)whole.Shown, (int)whole.Hidden));
        Assert.DoesNotContain(lines, line => System.Text.Encoding.UTF8.GetString(TrailJson.Write(line)).Contains("theirs", StringComparison.Ordinal));
    }

    private Segments Segments => new(folder);

    private TrailStore Open(long segmentBytes = 1024 * 1024) => TrailStore.Open(LocalVolume.Instance, Segments, key, TimeProvider.System, segmentBytes);

    private void Append(int entries)
    {
        using var store = Open();
        for (var i = 0; i < entries; i++)
            store.Append("nod_x", [Happened($"{i}")]);
    }

    private void WriteHead()
    {
        using var store = Open();
        store.WriteHead();
    }

    private static (Happening, DateTimeOffset) Happened(string subject, params (string, string?)[] details) =>
        (new Happening("run.start", subject, details), TimeProvider.System.GetUtcNow());

    private static (Happening, DateTimeOffset) Happened(string subject, string name, string value) => Happened(subject, (name, value));

    private TrailVerdict Verify(KeyId? signer = null)
    {
        var copy = new TrailCopy(Segments);
        var verifier = new TrailVerifier(new TrailExpectation(signer ?? key.KeyId, []));
        foreach (var line in copy.Lines(copy.Chains[^1]))
            verifier.Read(TrailJson.Write(line));
        return verifier.Complete();
    }

    private bool IsNoticed()
    {
        try
        {
            return new TrailCopy(Segments).Chains.Count == 0 || Verify() is TrailVerdict.Broken || Segments.ReadHead() is { } head && Verify() is TrailVerdict.Whole whole && whole.Head.Size < head.Size;
        }
        catch (Exception e) when (e is JournalException or System.Text.Json.JsonException or ArgumentException or System.Security.Cryptography.CryptographicException)
        {
            return true;
        }
    }
}
