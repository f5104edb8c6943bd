using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images.Signing;

namespace Vantage.Protocol.Images.Archives;

/// <summary>One image of a layout and its signatures, as if they lay in a registry.</summary>
internal sealed class LayoutContent(SignedLayout layout, LaidImage image, ImageRepository repository) : IImageContent
{
    public ImageRepository Repository => repository;

    public Task<StoredManifest?> FindManifestAsync(string reference, CancellationToken cancellationToken)
    {
        var digest = Digest.TryParse(reference, null, out var named) ? named
            : reference == SimpleSigning.TagOf(image.Root.Digest) ? Signatures()
            : null;
        return Task.FromResult(digest is { } wanted && layout.ReadManifest(wanted) is { } bytes
            ? new StoredManifest(TypeOf(wanted, bytes), bytes)
            : null);
    }

    public Task<Stream?> OpenBlobAsync(Digest digest, CancellationToken cancellationToken) => Task.FromResult(layout.Open(digest));

    public Task<IReadOnlyList<Descriptor>> ReferrersAsync(Digest subject, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Descriptor>>([.. layout.Entries
            .Where(entry => entry.Kind == LaidKind.Bundle && IsAbout(entry.Manifest.Digest, subject))
            .Select(entry => entry.Manifest with { ArtifactType = OciMedia.Bundle })]);

    /// <summary>By the name that its tag has; where the archive holds one image, cosign gives it none.</summary>
    private Digest? Signatures()
    {
        var tag = SimpleSigning.TagOf(image.Root.Digest);
        var all = layout.Entries.Where(entry => entry.Kind == LaidKind.Signatures).ToList();
        var named = all.Where(entry => entry.Name is { } name && (name == tag || name.EndsWith(":" + tag, StringComparison.Ordinal))).ToList();
        var mine = named.Count > 0 || layout.Images.Count > 1 ? named : all;
        return mine.Count < 2
            ? mine.Select(entry => (Digest?)entry.Manifest.Digest).FirstOrDefault()
            : throw new ImageException(ImageFault.ImageAmbiguous, $"The archive has {mine.Count} lists of signatures for one image.");
    }

    /// <summary>A bundle of another image in the archive is none of this one's faults.</summary>
    private bool IsAbout(Digest bundle, Digest subject)
    {
        try
        {
            return layout.ReadManifest(bundle) is { } bytes && ImageManifest.Read(bytes, OciMedia.Manifest).Subject?.Digest == subject;
        }
        catch (ImageException e) when (e.IsAboutContent)
        {
            // Broken ones are looked at, so that the reason is told.
            return true;
        }
    }

    /// <summary>What the index calls it; what it calls itself where only another manifest names it.</summary>
    private string? TypeOf(Digest digest, byte[] bytes)
    {
        if (layout.Entries.FirstOrDefault(entry => entry.Manifest.Digest == digest) is { } listed)
            return listed.Manifest.MediaType;
        try
        {
            using var parsed = JsonDocument.Parse(bytes);
            return parsed.RootElement.ValueKind == JsonValueKind.Object && parsed.RootElement.TryGetProperty("mediaType", out var type)
                && type.ValueKind == JsonValueKind.String ? type.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
