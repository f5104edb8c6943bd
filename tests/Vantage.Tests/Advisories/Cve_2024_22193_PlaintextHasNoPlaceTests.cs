using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Vantage.Coordinator.Tasks;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Manifests;
using Vantage.Tests.Protocol;
using Vantage.Tests.Protocol.Envelopes;

namespace Vantage.Tests.Advisories;

/// <summary>
/// A collaboration of vantage6 could be declared encrypted, and took plaintext all the same. Here there is no such switch and no
/// member that plaintext could stand in; bytes that are no envelope are turned away by Coordinator and node.
/// </summary>
public sealed class Cve_2024_22193_PlaintextHasNoPlaceTests
{
    private readonly Partner partner = new();

    [Fact]
    public void NothingButAnEnvelope_IsTakenByTheCoordinatorOrOpenedByANode() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            var given = bytes ?? [];
            return SealedBytes.Check(given, Digest.Of(given), given.Length) is not null && !Opens(given);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("""{"columns":["age"]}""")]
    [InlineData("")]
    [InlineData("eyJjb2x1bW5zIjpbImFnZSJdfQ==")]
    [InlineData("VNTGENV")]
    public void PlaintextInItsUsualForms_IsTurnedAway(string plaintext)
    {
        var bytes = Encoding.UTF8.GetBytes(plaintext);

        Assert.Contains("only sealed content is taken", SealedBytes.Check(bytes, Digest.Of(bytes), bytes.Length), StringComparison.Ordinal);
        Assert.False(Opens(bytes));
    }

    [Fact]
    public void AnEnvelopeWithPlaintextBehindItsHead_DoesNotOpen()
    {
        var whole = Envelope.Seal("secret"u8, Some.ResultContext(), [partner.UserEncryptionKey.PublicKey]);
        byte[] cut = [.. whole[..^22], .. "this is not ciphertext"u8];

        Assert.False(Opens(cut));
    }

    /// <summary>Arguments, results, logs and errors travel as digests and sealed bytes: no member takes them otherwise.</summary>
    [Theory]
    [InlineData(typeof(TaskManifest))]
    [InlineData(typeof(SubmitTask))]
    [InlineData(typeof(InlinePayload))]
    public void NoMember_TakesContentOrSaysThatItIsNotEncrypted(Type type)
    {
        var members = type.GetProperties().Select(p => p.Name.ToLowerInvariant());

        Assert.DoesNotContain(members, name => name.Contains("encrypted", StringComparison.Ordinal) || name is "arguments" or "args" or "input" or "result" or "plaintext");
    }

    private bool Opens(byte[] bytes)
    {
        try
        {
            Envelope.Open(bytes, Some.ResultContext(), partner.UserEncryptionKey);
            return true;
        }
        catch (EnvelopeException)
        {
            return false;
        }
    }
}
