using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Images;

/// <summary>What a manifest says of a thing that lies elsewhere.</summary>
/// <param name="MediaType">What it is.</param>
/// <param name="Digest">Its name in any store.</param>
/// <param name="Size">Of its bytes.</param>
public sealed record Descriptor(string MediaType, Digest Digest, long Size)
{
    /// <summary>In a list of referrers: what kind of artefact.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>In an index: which machines an image is for.</summary>
    public ImagePlatform? Platform { get; init; }

    /// <summary>Remarks; cosign keeps signatures in one.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}

/// <summary>Such as <c>linux/arm64</c>.</summary>
public sealed record ImagePlatform(string Os, string Architecture)
{
    /// <summary>The machine that this runs on. Containers are Linux's wherever an engine keeps them.</summary>
    public static ImagePlatform OfThisMachine { get; } = new("linux",
        System.Runtime.InteropServices.RuntimeInformation.OSArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.X64 => "amd64",
            System.Runtime.InteropServices.Architecture.X86 => "386",
            var other => other.ToString().ToLowerInvariant(),
        });

    /// <summary>Such as <c>linux/arm64</c>.</summary>
    public override string ToString() => $"{Os}/{Architecture}";
}
