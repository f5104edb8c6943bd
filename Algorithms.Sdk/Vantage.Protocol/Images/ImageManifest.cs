using System.Text.Json;

namespace Vantage.Protocol.Images;

/// <summary>A manifest that can be read in one way only: one image (or artefact), or an index of several.</summary>
public abstract record ImageManifest
{
    /// <summary>Registries are asked for no larger ones.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private const int MaxEntries = 1000;
    private const string What = "the manifest";

    private ImageManifest() { }

    /// <summary>As the manifest itself says, and the registry with it.</summary>
    public required string MediaType { get; init; }

    /// <summary>Set for what is no image, such as a signature.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>For an artefact: what it is about.</summary>
    public Descriptor? Subject { get; init; }

    /// <summary>One image or artefact.</summary>
    public sealed record Single(Descriptor Config, IReadOnlyList<Descriptor> Layers) : ImageManifest;

    /// <summary>Several manifests: of an image for several machines, or of what refers to one.</summary>
    public sealed record Several(IReadOnlyList<Descriptor> Manifests) : ImageManifest;

    /// <summary>Throws <see cref="ImageException"/> unless there is exactly one way to read it.</summary>
    /// <param name="bytes">Exactly as stored.</param>
    /// <param name="contentType">What the store says it is: the same, or some reader takes it for something else.</param>
    public static ImageManifest Read(ReadOnlyMemory<byte> bytes, string? contentType) => StrictJson.Read<ImageManifest>(bytes, What, root =>
    {
        root.RequireExactNames(What, "schemaVersion", "mediaType", "artifactType", "config", "layers", "manifests", "subject");
        if (root.Find("schemaVersion") is not { ValueKind: JsonValueKind.Number } version || !version.TryGetInt32(out var v) || v != 2)
            throw Malformed("its schemaVersion is not 2");
        var type = root.Text(What, "mediaType") ?? throw Ambiguous(
            "it does not say its mediaType, so that its reader would have to guess; push it again with a newer tool");
        if (type != contentType)
            throw Ambiguous($"it calls itself '{Short(type)}', and the registry sends it as '{Short(contentType)}'");
        var (config, layers, manifests) = (root.Find("config"), root.Find("layers"), root.Find("manifests"));
        if (manifests is not null && (layers is not null || config is not null))
            throw Ambiguous("it has 'manifests' as well as 'layers' or 'config', so it could be taken for an index or for an image");
        if (root.Find("fsLayers") is not null || root.Find("signatures") is not null)
            throw Ambiguous("it has members of the first version of the format");
        return OciMedia.IsIndex(type) ? ReadSeveral(root, type, manifests)
            : OciMedia.IsImage(type) ? ReadSingle(root, type, config, layers)
            : throw Malformed($"'{Short(type)}' is not a kind of manifest that is understood");
    });

    private static Several ReadSeveral(JsonElement root, string type, JsonElement? manifests) =>
        new(Descriptors(manifests ?? throw Malformed("it has no 'manifests'")))
        {
            MediaType = type,
            ArtifactType = root.Text(What, "artifactType"),
            Subject = root.Find("subject") is { } subject ? Descriptor(subject) : null,
        };

    private static Single ReadSingle(JsonElement root, string type, JsonElement? config, JsonElement? layers) =>
        new(Descriptor(config ?? throw Malformed("it has no 'config'")), Descriptors(layers ?? throw Malformed("it has no 'layers'")))
        {
            MediaType = type,
            ArtifactType = root.Text(What, "artifactType"),
            Subject = root.Find("subject") is { } subject ? Descriptor(subject) : null,
        };

    private static List<Descriptor> Descriptors(JsonElement list) => list.GetArrayLength() <= MaxEntries
        ? [.. list.EnumerateArray().Select(Descriptor)]
        : throw new ImageException(ImageFault.ImageTooLarge, $"{What} lists more than {MaxEntries} things.");

    private static Descriptor Descriptor(JsonElement value)
    {
        const string what = "an entry of the manifest";
        value.RequireExactNames(what, "mediaType", "digest", "size", "urls", "annotations", "artifactType", "platform", "data");
        if (value.Find("urls") is not null)
            throw Malformed("an entry has 'urls': it would come from wherever they point");
        if (value.Find("size") is not { ValueKind: JsonValueKind.Number } number || !number.TryGetInt64(out var size) || size < 0)
            throw Malformed("the size of an entry is not a whole number");
        return new Descriptor(value.NeedText(what, "mediaType"), value.NeedDigest(what, "digest"), size)
        {
            ArtifactType = value.Text(what, "artifactType"),
            Annotations = value.Texts(what, "annotations"),
            Platform = value.Find("platform") is { } platform
                ? new(platform.NeedText(what, "os"), platform.NeedText(what, "architecture"))
                : null,
        };
    }

    private static string Short(string? type) => type is null ? "nothing" : type.Length <= 100 ? type : type[..100] + "…";

    private static ImageException Malformed(string why) => new(ImageFault.ImageMalformed, $"The manifest is not well formed: {why}.");

    private static ImageException Ambiguous(string why) => new(ImageFault.ImageAmbiguous, $"The manifest is ambiguous: {why}.");
}
