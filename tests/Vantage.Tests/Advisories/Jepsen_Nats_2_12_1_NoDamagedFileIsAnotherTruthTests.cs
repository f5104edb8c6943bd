using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Cryptography;
using Vantage.Tests.NodeAgent.Audit;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.NodeAgent.Runs;
using Vantage.Tests.NodeAgent.Runs.Damage;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.Advisories;

/// <summary>
/// NATS 2.12.1 (Jepsen): acknowledged before it was on the disk, and one flipped bit lost far more than it was in. Here a
/// file of ours that a disk changed is refused, or is what it was; it never says something else.
/// </summary>
public sealed class Jepsen_Nats_2_12_1_NoDamagedFileIsAnotherTruthTests : IDisposable
{
    private readonly Alliance alliance = new();
    private readonly NodeHome home = NodeHome.At(MemoryFolder.Create("vantage-damage-"));

    public Jepsen_Nats_2_12_1_NoDamagedFileIsAnotherTruthTests()
    {
        Directory.CreateDirectory(home.State);
        Directory.CreateDirectory(home.Keys);
        File.WriteAllText(home.OwnRoot, alliance.Hospital.Root.ToPem());
    }

    public void Dispose() => Directory.Delete(home.Root, recursive: true);

    /// <summary>What else lies on a node's disk, and which tests flip its bits and cut its end.</summary>
    [Theory]
    [InlineData("journal", typeof(RecordFileTests), nameof(RecordFileTests.AnyFlippedBit_IsNoticed))]
    [InlineData("journal", typeof(RecordFileTests), nameof(RecordFileTests.CutAnywhere_LeavesTheWholeRecordsBeforeTheCut))]
    [InlineData("claims, payloads and receipts of runs", typeof(DamageTests), nameof(DamageTests.WhateverADiskChanges_NoWrongResultIsSent))]
    [InlineData("audit trail", typeof(TrailStoreTests), nameof(TrailStoreTests.AnyFlippedBit_IsRefusedAtTheNextStart_AndByWhoeverLooks))]
    [InlineData("audit trail", typeof(TrailStoreTests), nameof(TrailStoreTests.ATrailThatWasCutOffAnywhere_IsRefused_IfItsHeadHadBeenWritten))]
    [InlineData("the Coordinator's head", typeof(HeadKeeperTests), nameof(HeadKeeperTests.ADamagedFile_BarsNewWork_WhicheverBitItIs_AndWhereverItIsCut))]
    public void EachOtherFile_HasItsTest(string file, Type tests, string test)
    {
        Assert.NotNull(tests.GetMethod(test));
        Assert.NotEmpty(file);
    }

    [Fact]
    public void Pins_AreTheseOrNone()
    {
        File.WriteAllText(home.Pins, alliance.Pins(5));

        EachChange(home.Pins, () =>
        {
            var board = new PinBoard(home, new VirtualClock(Partner.Now), NullLogger<PinBoard>.Instance) { RemembersSerial = false };
            return board.Statement?.Serial is null or 5 && board.RootsOf(alliance.University.Id).Count is 0 or 1
                && board.RootsOf(alliance.University.Id).All(root => root.Certificate.Hash == alliance.University.Root.Hash);
        });
    }

    [Fact]
    public void TheOwnRoot_IsThisOneOrNone() => EachChange(home.OwnRoot, () => OwnRoot.Load(home).Hash == alliance.Hospital.Root.Hash);

    [Fact]
    public void APrivateKey_IsThisOneOrNone()
    {
        KeyFile.Save(home.SigningKey, alliance.Hospital.NodeKey);
        KeyFile.Save(home.EncryptionKey, alliance.Hospital.NodeEncryptionKey);

        EachChange(home.SigningKey, () => Signs(NodeKeys.Load(home).Signing));
        EachChange(home.EncryptionKey, () => NodeKeys.Load(home).Encryption.KeyId == alliance.Hospital.NodeEncryptionKey.KeyId);
    }

    /// <summary>Every seventh bit, which is each bit of each byte in turn, and every cut.</summary>
    private static void EachChange(string path, Func<bool> isItOrNothing)
    {
        var good = File.ReadAllBytes(path);
        var changed = Enumerable.Range(0, good.Length * 8 / 7).Select(i => Flipped(good, i * 7))
            .Concat(Enumerable.Range(0, good.Length).Select(length => good[..length]));
        foreach (var bad in changed)
        {
            File.WriteAllBytes(path, bad);
            Assert.True(IsItOrNothing(isItOrNothing), $"{path} was taken for something else.");
        }

        File.WriteAllBytes(path, good);
        Assert.True(isItOrNothing());
    }

    private static byte[] Flipped(byte[] good, int bit)
    {
        var bad = good.ToArray();
        bad[bit / 8] ^= (byte)(1 << (bit % 8));
        return bad;
    }

    private static bool IsItOrNothing(Func<bool> look)
    {
        try
        {
            return look();
        }
        catch (Exception e) when (e is CommandFailure or KeyFileException or CryptographicException or IOException or FormatException or ArgumentException)
        {
            return true;
        }
    }

    private bool Signs(SigningKey key) => key.KeyId == alliance.Hospital.NodeKey.KeyId
        && alliance.Hospital.NodeKey.PublicKey.Verify("a"u8, key.Sign("a"u8));
}
