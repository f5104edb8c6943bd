using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Images.Signing;

/// <summary>The manifests that carry signatures, as cosign writes them.</summary>
public static class SignatureArtefacts
{
    /// <summary>The config of a bundle's manifest: <c>{}</c>.</summary>
    public static ReadOnlyMemory<byte> EmptyConfig { get; } = "{}"u8.ToArray();

    /// <summary>The tag under which registries without a list of referrers keep it.</summary>
    public static string ReferrersTagOf(Digest image) => $"sha256-{image.ToHex()}";

    /// <summary>
    /// The config of the manifest tagged <c>.sig</c>. It pretends to be an image of the payloads, which some registries
    /// insist on.
    /// </summary>
    public static byte[] SigConfig(IEnumerable<Descriptor> layers) => Bytes(new()
    {
        ["architecture"] = "",
        ["created"] = "0001-01-01T00:00:00Z",
        ["history"] = new JsonArray([.. layers.Select(_ => new JsonObject { ["created"] = "0001-01-01T00:00:00Z" })]),
        ["os"] = "",
        ["rootfs"] = new JsonObject
        {
            ["type"] = "layers",
            ["diff_ids"] = new JsonArray([.. layers.Select(layer => JsonValue.Create(layer.Digest.ToString()))]),
        },
        ["config"] = new JsonObject(),
    });

    /// <summary>A layer of the manifest tagged <c>.sig</c>.</summary>
    public static Descriptor SigLayer(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> der) =>
        new(OciMedia.SimpleSigning, Digest.Of(payload), payload.Length)
        {
            Annotations = new Dictionary<string, string> { [SimpleSigning.SignatureAnnotation] = Convert.ToBase64String(der) },
        };

    /// <summary>The manifest tagged <c>.sig</c>.</summary>
    public static byte[] SigManifest(ReadOnlySpan<byte> config, IEnumerable<Descriptor> layers) => Bytes(new()
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = OciMedia.Manifest,
        ["config"] = Entry(new(OciMedia.Config, Digest.Of(config), config.Length)),
        ["layers"] = new JsonArray([.. layers.Select(Entry)]),
    });

    /// <summary>The manifest of a bundle, which refers to the image.</summary>
    public static byte[] BundleManifest(ReadOnlySpan<byte> bundle, Descriptor image) => Bytes(new()
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = OciMedia.Manifest,
        ["artifactType"] = OciMedia.Bundle,
        ["config"] = Entry(new(OciMedia.Empty, Digest.Of(EmptyConfig.Span), EmptyConfig.Length)),
        ["layers"] = new JsonArray(Entry(new(OciMedia.Bundle, Digest.Of(bundle), bundle.Length))),
        ["subject"] = Entry(image),
        ["annotations"] = Texts(BundleAnnotations),
    });

    /// <summary>How a bundle's manifest stands in a list of referrers.</summary>
    public static Descriptor Referrer(ReadOnlySpan<byte> manifest) =>
        new(OciMedia.Manifest, Digest.Of(manifest), manifest.Length) { ArtifactType = OciMedia.Bundle, Annotations = BundleAnnotations };

    /// <summary>The list of referrers, for registries that have no other.</summary>
    public static byte[] Referrers(IEnumerable<Descriptor> referrers) => Bytes(new()
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = OciMedia.Index,
        ["manifests"] = new JsonArray([.. referrers.Select(Entry)]),
    });

    private static readonly Dictionary<string, string> BundleAnnotations = new()
    {
        ["dev.sigstore.bundle.content"] = "dsse-envelope",
        ["dev.sigstore.bundle.predicateType"] = SigstoreBundle.Predicate,
    };

    internal static JsonObject Entry(Descriptor descriptor)
    {
        var entry = new JsonObject
        {
            ["mediaType"] = descriptor.MediaType,
            ["digest"] = descriptor.Digest.ToString(),
            ["size"] = descriptor.Size,
        };
        if (descriptor.ArtifactType is { } type)
            entry["artifactType"] = type;
        if (descriptor.Platform is { } platform)
            entry["platform"] = new JsonObject { ["os"] = platform.Os, ["architecture"] = platform.Architecture };
        if (descriptor.Annotations.Count > 0)
            entry["annotations"] = Texts(descriptor.Annotations);
        return entry;
    }

    private static JsonObject Texts(IReadOnlyDictionary<string, string> texts) =>
        new(texts.Select(text => KeyValuePair.Create(text.Key, (JsonNode?)JsonValue.Create(text.Value))));

    internal static byte[] Bytes(JsonObject value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            value.WriteTo(json);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
