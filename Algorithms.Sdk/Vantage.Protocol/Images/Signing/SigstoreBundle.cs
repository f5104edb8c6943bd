using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Images.Signing;

/// <summary>
/// A sigstore bundle, version 0.3, made with a key pair: a DSSE envelope around an in-toto statement. Entries of a
/// transparency log are not read: with pinned keys they prove nothing that is asked here.
/// </summary>
public static class SigstoreBundle
{
    /// <summary>What the statement has to be for: an attestation by the same key is no signature.</summary>
    public const string Predicate = "https://sigstore.dev/cosign/sign/v1";

    private const string StatementType = "https://in-toto.io/Statement/v1";
    private const string PayloadType = "application/vnd.in-toto+json";
    private const string What = "the bundle";

    /// <summary>The statement that is signed.</summary>
    public static byte[] WriteStatement(Digest image) => Write(json =>
    {
        json.WriteString("_type", StatementType);
        json.WriteStartArray("subject");
        json.WriteStartObject();
        json.WriteStartObject("digest");
        json.WriteString("sha256", image.ToHex());
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("predicateType", Predicate);
        json.WriteStartObject("predicate");
        json.WriteEndObject();
    });

    /// <summary>DSSE's pre-authentication encoding: what the signature is over.</summary>
    public static byte[] SignedBytes(ReadOnlySpan<byte> payload, string type = PayloadType) =>
    [
        .. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"DSSEv1 {Encoding.UTF8.GetByteCount(type)} {type} {payload.Length} ")),
        .. payload,
    ];

    /// <summary>Puts a statement and its signature together.</summary>
    public static byte[] Write(ReadOnlySpan<byte> statement, ReadOnlySpan<byte> der, KeyId key)
    {
        var (payload, signature) = (Convert.ToBase64String(statement), Convert.ToBase64String(der));
        return Write(json =>
        {
            json.WriteString("mediaType", OciMedia.Bundle);
            json.WriteStartObject("verificationMaterial");
            json.WriteStartObject("publicKey");
            json.WriteString("hint", Convert.ToBase64String(key.ToBytes()));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("dsseEnvelope");
            json.WriteString("payload", payload);
            json.WriteString("payloadType", PayloadType);
            json.WriteStartArray("signatures");
            json.WriteStartObject();
            json.WriteString("sig", signature);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    /// <summary>
    /// Takes the envelope apart. The statement inside stays unread until the signature was verified. Throws
    /// <see cref="ImageException"/>.
    /// </summary>
    internal static ImageSignature Read(ReadOnlyMemory<byte> bundle) => StrictJson.Read(bundle, What, root =>
    {
        root.RequireExactNames(What, "mediaType", "verificationMaterial", "dsseEnvelope");
        if (root.NeedText(What, "mediaType") != OciMedia.Bundle)
            throw new ImageException(ImageFault.ImageMalformed, $"The bundle is not of the kind '{OciMedia.Bundle}'.");
        var envelope = root.Find("dsseEnvelope") ?? throw new ImageException(
            ImageFault.ImageMalformed, "The bundle has no DSSE envelope; signatures over bare messages are not understood.");
        envelope.RequireExactNames(What, "payload", "payloadType", "signatures");
        if (envelope.NeedText(What, "payloadType") != PayloadType)
            throw new ImageException(ImageFault.ImageMalformed, $"The bundle's payload is not '{PayloadType}'.");
        var signatures = envelope.Need(What, "signatures");
        if (signatures.GetArrayLength() != 1)
            throw new ImageException(ImageFault.ImageAmbiguous, "The bundle has not exactly one signature.");
        signatures[0].RequireExactNames(What, "sig");
        var payload = Convert.FromBase64String(envelope.NeedText(What, "payload"));
        var der = Convert.FromBase64String(signatures[0].NeedText(What, "sig"));
        return new ImageSignature(SignatureForm.Bundle, SignedBytes(payload), der, Hint(root), () => ReadStatement(payload));
    });

    /// <summary>Of which image it is. Throws <see cref="ImageException"/>.</summary>
    public static Digest ReadStatement(ReadOnlyMemory<byte> payload)
    {
        const string what = "the signed statement";
        return StrictJson.Read(payload, what, root =>
        {
            root.RequireExactNames(what, "_type", "subject", "predicateType", "predicate");
            if (root.NeedText(what, "_type") != StatementType || root.NeedText(what, "predicateType") != Predicate)
                throw new ImageException(ImageFault.ImageSignatureMisplaced, "The signed statement says something else than that an image is signed.");
            var subject = root.Need(what, "subject");
            if (subject.GetArrayLength() != 1)
                throw new ImageException(ImageFault.ImageAmbiguous, "The signed statement is not about exactly one image.");
            subject[0].RequireExactNames(what, "digest");
            var digest = subject[0].Need(what, "digest");
            digest.RequireExactNames(what, "sha256");
            return Digest.TryParse("sha256:" + digest.NeedText(what, "sha256"), null, out var image)
                ? image
                : throw new ImageException(ImageFault.ImageMalformed, "The digest in the signed statement is none.");
        });
    }

    private static KeyId? Hint(JsonElement root)
    {
        if (root.Find("verificationMaterial")?.Find("publicKey")?.Text(What, "hint") is not { } hint)
            return null;
        var bytes = new byte[KeyId.Size + 1];
        return Convert.TryFromBase64String(hint, bytes, out var length) && length == KeyId.Size
            ? KeyId.FromBytes(bytes.AsSpan(0, length))
            : null;
    }

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
