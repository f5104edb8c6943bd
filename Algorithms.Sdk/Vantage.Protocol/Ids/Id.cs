using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Vantage.Protocol.Ids;

/// <summary>What all typed ids share: minting, showing and strict parsing.</summary>
public static class Id
{
    private const int Digits = 32;
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>Mints a new id. Ids sort by the time of their minting.</summary>
    public static T New<T>(TimeProvider time)
        where T : struct, IId<T> => T.From(Guid.CreateVersion7(time.GetUtcNow()));

    public static string Format<T>(T id)
        where T : struct, IId<T> => string.Concat(T.Prefix, "_", id.Value.ToString("N"));

    public static T Parse<T>(string text)
        where T : struct, IId<T> =>
        TryParse(text, out T id)
            ? id
            : throw new FormatException(
                $"'{Excerpt(text)}' is not an id of this kind: expected '{T.Prefix}_' and 32 lower-case hexadecimal digits.");

    /// <summary>Accepts exactly what <see cref="Format{T}"/> writes, so that one id has one spelling.</summary>
    public static bool TryParse<T>([NotNullWhen(true)] string? text, out T id)
        where T : struct, IId<T>
    {
        id = default;
        var prefix = T.Prefix;
        if (text is null || text.Length != prefix.Length + 1 + Digits || text[prefix.Length] != '_'
            || !text.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var digits = text.AsSpan(prefix.Length + 1);
        if (digits.ContainsAnyExcept(LowerHex) || !Guid.TryParseExact(digits, "N", out var value))
        {
            return false;
        }

        id = T.From(value);
        return true;
    }

    private static string Excerpt(string? text) => text is null ? "" : text.Length <= 60 ? text : text[..60] + "…";
}
