using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Images.Signing;

/// <summary>cosign's simple signing payload: the bytes that are signed in the <c>.sig</c> form.</summary>
public static class SimpleSigning
{
    /// <summary>Where, in a layer's annotations, the signature stands: base64 of DER.</summary>
    public const string SignatureAnnotation = "dev.cosignproject.cosign/signature";

    private const string Type = "cosign container image signature";
    private const string What = "the signed payload";

    /// <summary>The tag under which signatures of an image lie in its repository.</summary>
    public static string TagOf(Digest image) => $"sha256-{image.ToHex()}.sig";

    /// <summary>As cosign writes it, without spaces.</summary>
    public static byte[] Write(ImageRepository repository, Digest image)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject("critical");
            json.WriteStartObject("identity");
            json.WriteString("docker-reference", repository.ToString());
            json.WriteEndObject();
            json.WriteStartObject("image");
            json.WriteString("docker-manifest-digest", image.ToString());
            json.WriteEndObject();
            json.WriteString("type", Type);
            json.WriteEndObject();
            json.WriteNull("optional");
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Of which image it is. The <c>docker-reference</c> is not compared, as cosign does not: an image may be mirrored, and
    /// which repositories a publisher signs for is the policy's to say. Throws <see cref="ImageException"/>.
    /// </summary>
    public static Digest Read(ReadOnlyMemory<byte> payload) => StrictJson.Read(payload, What, root =>
    {
        root.RequireExactNames(What, "critical");
        var critical = root.Need(What, "critical");
        critical.RequireExactNames(What, "type", "image", "identity");
        if (critical.NeedText(What, "type") != Type)
            throw new ImageException(ImageFault.ImageSignatureMisplaced, $"The signed payload is not a '{Type}'.");
        var image = critical.Need(What, "image");
        // The specification's example has a capital letter, which no payload in the wild has.
        image.RequireExactNames(What, "docker-manifest-digest");
        return image.NeedDigest(What, "docker-manifest-digest");
    });
}
