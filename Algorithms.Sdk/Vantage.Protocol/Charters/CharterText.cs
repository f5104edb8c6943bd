using System.Text;
using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Charters;

/// <summary>One version of a charter as its exact text, well-formed, and believed by nobody yet.</summary>
public sealed class CharterText
{
    /// <summary>A thousand members with a root each stay well below.</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    private CharterText(string text, Charter content, IReadOnlyList<PinnedRoot> roots) =>
        (Text, Content, Roots, Digest) = (text, content, roots, Digest.OfText(text));

    /// <summary>JSON; the bytes that are signed are its UTF-8.</summary>
    public string Text { get; }

    public Charter Content { get; }

    /// <summary>How later versions and consents name this one, and what people compare.</summary>
    public Digest Digest { get; }

    /// <summary>The members' roots, each under the name that the charter gives.</summary>
    public IReadOnlyList<PinnedRoot> Roots { get; }

    /// <summary>Throws <see cref="TrustException"/> for anything that breaks <see cref="CharterRules"/>.</summary>
    public static CharterText Write(Charter charter) =>
        Read(Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(charter, SignedJson.Default.Charter)));

    /// <inheritdoc cref="Write"/>
    public static CharterText Read(string text)
    {
        if (text.Length > MaxLength)
            throw Invalid($"it has {text.Length} characters, and at most {MaxLength} are read");
        try
        {
            var content = ExactJson.Read(Encoding.UTF8.GetBytes(text), SignedJson.Default.Charter);
            if (CharterRules.Check(content) is [_, ..] broken)
                throw Invalid(string.Join(' ', broken));
            var roots = content.Members
                .Select(m => PinnedRoot.Of(m.Organization, m.Name, Certificate.Parse(m.Root))).ToList();
            return roots.DistinctBy(r => r.Certificate.KeyId).Count() == roots.Count
                ? new CharterText(text, content, roots)
                : throw Invalid("two members have one root key");
        }
        catch (JsonException e)
        {
            throw Invalid(e.Message, e);
        }
    }

    private static CharterException Invalid(string why, Exception? e = null) =>
        new(CharterFault.CharterInvalid, $"The charter is not well formed: {why}", e);
}
