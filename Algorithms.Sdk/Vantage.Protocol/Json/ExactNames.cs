using System.Collections.Concurrent;
using System.Text.Json;

namespace Vantage.Protocol.Json;

/// <summary>The one text of an enumeration's value: its name in kebab-case, such as <c>not-a-recipient</c>.</summary>
public static class ExactNames
{
    public static string ToExactName<T>(this T value)
        where T : struct, Enum => Cache<T>.Names.GetOrAdd(value, static v => JsonNamingPolicy.KebabCaseLower.ConvertName(v.ToString()));

    private static class Cache<T>
        where T : struct, Enum
    {
        public static readonly ConcurrentDictionary<T, string> Names = new();
    }
}
