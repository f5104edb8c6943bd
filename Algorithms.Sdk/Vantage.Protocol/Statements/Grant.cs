using System.Text;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Protocol.Signatures;

namespace Vantage.Protocol.Statements;

/// <summary>Gives a later recipient an envelope's key, and opens an envelope with a key so given.</summary>
public static class Grant
{
    /// <summary>Unwraps the envelope's file key with the reader's key and wraps it for the new recipient.</summary>
    /// <param name="envelope">The envelope, or at least its header.</param>
    /// <param name="payload">The digest of the whole envelope.</param>
    /// <param name="context">Where the envelope belongs.</param>
    /// <param name="reader">The key of one who can read it.</param>
    /// <param name="recipient">The key of one who shall.</param>
    /// <param name="issuedAt">The instant of the grant.</param>
    public static GrantStatement Create(
        ReadOnlySpan<byte> envelope,
        Digest payload,
        EnvelopeContext context,
        EncryptionKey reader,
        EncryptionPublicKey recipient,
        DateTimeOffset issuedAt)
    {
        var fileKey = EnvelopeHeader.Unwrap(EnvelopeReader.Header(envelope), context.ToBytes(), reader);
        var wrapped = new byte[FileKeyWrap.Size];
        FileKeyWrap.Wrap(fileKey, recipient, Info(context, payload), wrapped);
        return new GrantStatement
        {
            V = 1,
            Collaboration = context.Collaboration,
            Task = context.Task,
            Run = context.Run,
            Kind = context.Kind,
            Epoch = context.Epoch == 0 ? null : context.Epoch,
            NodeKey = context.NodeKey,
            Payload = payload,
            Recipient = recipient.KeyId,
            Enc = wrapped[..Hpke.EncapsulatedSize],
            Wrapped = wrapped[Hpke.EncapsulatedSize..],
            IssuedAt = issuedAt,
        };
    }

    public static string Sign(GrantStatement statement, SigningKey key, CertificateChain chain) =>
        SignedDocument.Sign(statement, GrantStatement.JwsType, SignedJson.Default.GrantStatement, key, chain);

    /// <summary>Throws <see cref="TrustException"/> unless someone certified signed it. Who may grant is the caller's question.</summary>
    public static Verified<GrantStatement> Verify(string jws, ITrust trust, DateTimeOffset at)
    {
        var verified = SignedDocument.Verify(jws, GrantStatement.JwsType, SignedJson.Default.GrantStatement, trust, at);
        var s = verified.Value;
        var isInput = s.Kind == PayloadKind.Input;
        return s.V == 1 && s.Enc.Length == Hpke.EncapsulatedSize && s.Wrapped.Length == EnvelopeHeader.WrappedKeySize
            && (isInput ? s.Epoch is null && s.NodeKey is null : s.Epoch >= 1 && s.NodeKey is not null)
                ? verified
                : throw new SignatureException(SignatureFault.ContentInvalid, "The grant is not well formed.");
    }

    /// <summary>When a grant says that it was given, before any of it is believed.</summary>
    public static DateTimeOffset IssuedAt(string jws) =>
        SignedDocument.ReadUnverified(jws, SignedJson.Default.GrantStatement).IssuedAt;

    /// <summary>
    /// Opens an envelope in memory by a grant. Throws <see cref="EnvelopeException"/>. That it is the payload a receipt names
    /// is checked against the receipt, as for any reader.
    /// </summary>
    public static byte[] Open(ReadOnlySpan<byte> envelope, GrantStatement grant, EncryptionKey key)
    {
        var header = EnvelopeReader.Header(envelope);
        return EnvelopeReader.OpenBody(envelope[header.Length..], grant.Context.ToBytes(), Unwrap(header, grant, key));
    }

    /// <summary>Opens an envelope as it arrives. The key that the grant holds fits no other envelope.</summary>
    public static async Task<Stream> OpenStreamAsync(
        Stream ciphertext, GrantStatement grant, EncryptionKey key, CancellationToken cancellationToken)
    {
        var header = await EnvelopeReader.ReadHeaderAsync(ciphertext, cancellationToken);
        return EnvelopeReader.BodyStream(ciphertext, grant.Context.ToBytes(), Unwrap(header, grant, key));
    }

    private static byte[] Unwrap(ReadOnlySpan<byte> header, GrantStatement grant, EncryptionKey key)
    {
        if (grant.Recipient != key.KeyId)
            throw new EnvelopeException(EnvelopeFault.NotARecipient);
        var fileKey = FileKeyWrap.UnwrapOrRefuse([.. grant.Enc, .. grant.Wrapped], key, Info(grant.Context, grant.Payload));
        EnvelopeHeader.Check(header, fileKey);
        return fileKey;
    }

    /// <summary>Bound to the envelope's digest and context: docs/protocol.md.</summary>
    private static byte[] Info(EnvelopeContext context, Digest payload) =>
        [.. Encoding.UTF8.GetBytes($"vantage-grant-v1\npayload={payload}\n"), .. context.ToBytes()];
}
