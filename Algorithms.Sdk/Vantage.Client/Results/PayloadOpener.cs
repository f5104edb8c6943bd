using Vantage.Client.Administration;
using Vantage.Client.Errors;
using Vantage.Client.Home;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Statements;

namespace Vantage.Client.Results;

/// <summary>
/// Decrypts a proven payload: with a key of this home that it was sealed to, today's or an earlier one, else by a grant.
/// </summary>
internal sealed class PayloadOpener(GrantsApi grants, ClientHome home)
{
    /// <summary>Throws <see cref="EnvelopeException"/> for what does not open, <see cref="VantageException"/> if no key is here.</summary>
    public async Task<Stream> OpenAsync(RunProof proof, PayloadKind kind, Stream ciphertext, ITrust trust, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        using var own = OwnKey(proof);
        if (own is not null)
        {
            return await EnvelopeReader.OpenStreamAsync(ciphertext, proof.Receipt.ContextOf(kind), own, cancellationToken);
        }

        var grant = await FindAsync(proof, kind, trust, now, cancellationToken) ?? throw new VantageException(
            ClientErrorCodes.PayloadUnreadable,
            $"{proof.Manifest.Task} is not sealed to a key in {home.Directory}, and nobody has shared it with you.",
            "Use the home that asked the question, or ask who did to share it (vantage result share).");
        using var key = home.OpenEncryptionKey(grant.Recipient)!;
        return await Grant.OpenStreamAsync(ciphertext, grant, key, cancellationToken);
    }

    /// <summary>Null if the question was not sealed to a key in this home.</summary>
    public EncryptionKey? OwnKey(RunProof proof) =>
        proof.Manifest.Recipients.Select(r => home.OpenEncryptionKey(r.Key)).FirstOrDefault(key => key is not null);

    /// <summary>Of this very payload, for a key in this home, signed by a pinned person. Others are none.</summary>
    private async Task<GrantStatement?> FindAsync(RunProof proof, PayloadKind kind, ITrust trust, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await foreach (var given in grants.ListAsync(proof.Receipt.Receipt.Run, cancellationToken))
        {
            if (given.Kind == kind && Verified(given.Statement, trust, now) is { } grant
                && grant.Payload == proof.Receipt.Find(kind)!.Digest && grant.Context == proof.Receipt.ContextOf(kind)
                && home.HasEncryptionKey(grant.Recipient))
            {
                return grant;
            }
        }

        return null;
    }

    private static GrantStatement? Verified(string statement, ITrust trust, DateTimeOffset now)
    {
        try
        {
            // When it was given is its signer's word; the key it holds is checked against the envelope itself.
            var issued = Grant.IssuedAt(statement);
            return Grant.Verify(statement, trust, issued < now ? issued : now).Value;
        }
        catch (TrustException)
        {
            return null;
        }
    }
}
