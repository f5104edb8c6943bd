using System.Text.Json.Serialization;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Dictionaries;

/// <summary>Exactly which dictionary: a name, a version, and the digest of the content that both stand for.</summary>
/// <param name="Name">1 to 64 letters, digits, '_', '-' or '.', beginning with a letter.</param>
/// <param name="Version">1 to 64 letters, digits, '_', '-', '.' or '+'.</param>
/// <param name="Digest">Of the dictionary's canonical bytes (RFC 8785): how it is laid out does not matter.</param>
public sealed record DictionaryRef(string Name, string Version, Digest Digest)
{
    /// <summary>As people write it: <c>name@version</c>.</summary>
    [JsonIgnore]
    public string Words => $"{Name}@{Version}";

    /// <summary>Whether name and version are of the form above.</summary>
    [JsonIgnore]
    public bool IsWellFormed => IsName(Name) && IsVersion(Version);

    /// <summary>Of the form of <see cref="Name"/>.</summary>
    public static bool IsName(string text) => text.Length is >= 1 and <= 64 && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    /// <summary>Of the form of <see cref="Version"/>.</summary>
    public static bool IsVersion(string text) => text.Length is >= 1 and <= 64
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '+');
}
