using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Signatures;

namespace Vantage.Protocol.Receipts;

/// <summary>Signs receipts, and checks that one vouches for the run that was asked for.</summary>
public static class ReceiptVerifier
{
    public static string Sign(OuterReceipt receipt, SigningKey nodeKey, CertificateChain chain) =>
        SignedDocument.Sign(receipt, OuterReceipt.JwsType, SignedJson.Default.OuterReceipt, nodeKey, chain);

    /// <summary>
    /// Throws <see cref="TrustException"/> unless the receipt is signed by the node of the run, whose certificate a pinned
    /// root of the target's organization issued, and follows the manifest.
    /// </summary>
    /// <param name="jws">The receipt as the node signed it.</param>
    /// <param name="expected">The run as its manifest describes it.</param>
    /// <param name="trust">Whose roots are believed.</param>
    /// <param name="at">The instant at which the node's certificate has to be valid: when the run was committed.</param>
    public static VerifiedReceipt Verify(string jws, ReceiptExpectation expected, ITrust trust, DateTimeOffset at)
    {
        var verified = SignedDocument.Verify(jws, OuterReceipt.JwsType, SignedJson.Default.OuterReceipt, trust, at);
        var (receipt, signer) = (verified.Value, verified.Signer);
        RequireWellFormed(receipt);
        if (signer.Organization != expected.Organization || signer.Principal != new Principal.Node(receipt.Node)
            || !expected.Nodes.Contains(receipt.Node))
        {
            throw new ReceiptException(
                ReceiptFault.WrongNode,
                $"The receipt of {expected.Run} is signed by {signer.Identity}, which the manifest does not name for this run.");
        }

        if (receipt.Manifest != expected.Manifest || receipt.Task != expected.Task || receipt.Run != expected.Run
            || receipt.Algorithm != expected.Algorithm)
        {
            throw new ReceiptException(
                ReceiptFault.OtherRun, $"The receipt belongs to {receipt.Run} under another manifest, not to {expected.Run} as asked.");
        }

        return new VerifiedReceipt(receipt, signer, verified.OfJws, expected.Collaboration);
    }

    /// <summary>What holds in every receipt, whoever looks.</summary>
    private static void RequireWellFormed(OuterReceipt receipt)
    {
        var kinds = receipt.Payloads.Select(p => p.Kind).ToList();
        var framed = kinds.Count(k => k is PayloadKind.Result or PayloadKind.Error);
        var holds = receipt.V == 1
            && receipt.Epoch >= 1
            && kinds.Distinct().Count() == kinds.Count
            && kinds.TrueForAll(k => k is PayloadKind.Result or PayloadKind.Error or PayloadKind.Log)
            && receipt.Payloads.All(p => p.Size > 0)
            && framed == (receipt.Inner is null ? 0 : 1)
            && kinds.Contains(PayloadKind.Result) == (receipt.Outcome == RunOutcome.Succeeded)
            && (receipt.Code is null) == (receipt.Outcome == RunOutcome.Succeeded);
        if (!holds)
        {
            throw new ReceiptException(
                ReceiptFault.ReceiptInvalid,
                "The receipt's members do not fit together: success comes with a result and no code, anything else with a code and "
                + "no result; a result or an error comes with an inner receipt; the epoch is 1 or more.");
        }
    }
}
