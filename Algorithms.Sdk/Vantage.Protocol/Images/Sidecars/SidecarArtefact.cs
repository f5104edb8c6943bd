using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images.Signing;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Images.Sidecars;

/// <summary>
/// How a sidecar lies in a registry: a manifest of its own, tagged beside the image as cosign tags signatures, with the
/// document as its only layer and the image as its subject. That manifest is what is signed, so any tool that signs and
/// verifies images by digest does so with sidecars.
/// </summary>
public static class SidecarArtefact
{
    /// <summary>Under which tag the newest sidecar of an image lies.</summary>
    public static string TagOf(Digest image) => $"sha256-{image.ToHex()}.vantage";

    /// <summary>The document's bytes, indented: people read and write them.</summary>
    public static byte[] Document(Sidecar sidecar)
    {
        var document = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(document, new JsonWriterOptions { Indented = true }))
        {
            JsonSerializer.Serialize(writer, sidecar, SignedJson.Default.Sidecar);
        }

        return document.WrittenSpan.ToArray();
    }

    /// <summary>The manifest around it. The config is <see cref="SignatureArtefacts.EmptyConfig"/>.</summary>
    public static byte[] Manifest(ReadOnlySpan<byte> document, Descriptor image) => SignatureArtefacts.Bytes(new()
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = OciMedia.Manifest,
        ["artifactType"] = Sidecar.MediaType,
        ["config"] = SignatureArtefacts.Entry(new(OciMedia.Empty, Digest.Of(SignatureArtefacts.EmptyConfig.Span), SignatureArtefacts.EmptyConfig.Length)),
        ["layers"] = new JsonArray(SignatureArtefacts.Entry(new(Sidecar.MediaType, Digest.Of(document), document.Length))),
        ["subject"] = SignatureArtefacts.Entry(image),
    });

    /// <summary>Throws <see cref="ImageException"/>.</summary>
    public static Sidecar ReadDocument(ReadOnlySpan<byte> document)
    {
        try
        {
            var sidecar = ExactJson.Read(document, SignedJson.Default.Sidecar);
            return SidecarRules.Check(sidecar) is [_, ..] broken
                ? throw new ImageException(ImageFault.ImageSidecarInvalid, $"The sidecar is not usable. {string.Join(' ', broken)}")
                : sidecar;
        }
        catch (JsonException e)
        {
            throw new ImageException(ImageFault.ImageSidecarInvalid, $"The sidecar is not well formed: {e.Message}", e);
        }
    }
}
