using System.Text.RegularExpressions;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Images;

/// <summary>
/// How people name an image: <c>host/path</c> with a tag, a digest, or both, in which case the digest decides. A leading
/// <c>oci:</c>, as algorithm references have it, may stand before.
/// </summary>
public sealed partial record ImageReference(ImageRepository Repository, string? Tag, Digest? Digest)
{
    /// <summary>What a registry is asked for.</summary>
    public string Wanted => Digest?.ToString() ?? Tag ?? "latest";

    /// <summary>Throws <see cref="FormatException"/>.</summary>
    public static ImageReference Parse(string text)
    {
        var rest = text.StartsWith("oci:", StringComparison.Ordinal) ? text[4..] : text;
        Digest? digest = null;
        if (rest.IndexOf('@', StringComparison.Ordinal) is var at and >= 0)
        {
            digest = Cryptography.Digest.Parse(rest[(at + 1)..]);
            rest = rest[..at];
        }

        string? tag = null;
        if (rest.LastIndexOf(':') is var colon and >= 0 && colon > rest.LastIndexOf('/'))
        {
            tag = rest[(colon + 1)..];
            rest = rest[..colon];
        }

        return tag is null || IsTag(tag)
            ? new(ImageRepository.Parse(rest), tag, digest)
            : throw new FormatException($"'{tag}' is not a tag: expected up to 128 of letters, digits, '_', '.' and '-'.");
    }

    /// <summary>Whether a registry takes it as a tag.</summary>
    public static bool IsTag(string text) => TagPattern().IsMatch(text);

    /// <summary>As it was written, but for <c>oci:</c>.</summary>
    public override string ToString() =>
        $"{Repository}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z", RegexOptions.NonBacktracking)]
    private static partial Regex TagPattern();
}
