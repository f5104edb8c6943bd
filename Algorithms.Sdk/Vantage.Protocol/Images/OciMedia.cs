namespace Vantage.Protocol.Images;

/// <summary>The media types that are understood. Whatever is not here is refused, never guessed at.</summary>
public static class OciMedia
{
    /// <summary>One image, as OCI has it.</summary>
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>Images for several platforms, or referrers, as OCI has it.</summary>
    public const string Index = "application/vnd.oci.image.index.v1+json";

    /// <summary>One image, as Docker has it.</summary>
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>Images for several platforms, as Docker has it.</summary>
    public const string DockerIndex = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>What is run, and its labels.</summary>
    public const string Config = "application/vnd.oci.image.config.v1+json";

    /// <summary>The same, as Docker has it.</summary>
    public const string DockerConfig = "application/vnd.docker.container.image.v1+json";

    /// <summary>The config of an artefact that is no image: two bytes, <c>{}</c>.</summary>
    public const string Empty = "application/vnd.oci.empty.v1+json";

    /// <summary>A layer that is not compressed.</summary>
    public const string Layer = "application/vnd.oci.image.layer.v1.tar";

    /// <summary>cosign's signed payload, one layer a signature.</summary>
    public const string SimpleSigning = "application/vnd.dev.cosign.simplesigning.v1+json";

    /// <summary>A sigstore bundle, which cosign writes since its version 3.</summary>
    public const string Bundle = "application/vnd.dev.sigstore.bundle.v0.3+json";

    /// <summary>In this order of preference.</summary>
    public static IReadOnlyList<string> Manifests { get; } = [Manifest, Index, DockerManifest, DockerIndex];

    internal static bool IsImage(string type) => type is Manifest or DockerManifest;

    internal static bool IsIndex(string type) => type is Index or DockerIndex;

    internal static bool IsConfig(string type) => type is Config or DockerConfig;

    /// <summary>
    /// What an engine unpacks. "Nondistributable" and "foreign" layers come from an address that the manifest names: from
    /// anywhere, that is, so they are not among them.
    /// </summary>
    internal static bool IsLayer(string type) => type is Layer or Layer + "+gzip" or Layer + "+zstd"
        or "application/vnd.docker.image.rootfs.diff.tar" or "application/vnd.docker.image.rootfs.diff.tar.gzip";
}
