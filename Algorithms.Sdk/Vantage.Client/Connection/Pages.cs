using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Vantage.Protocol.Api;

namespace Vantage.Client.Connection;

/// <summary>Walks a list page by page, as far as the reader goes.</summary>
internal static class Pages
{
    public static async IAsyncEnumerable<T> WalkAsync<T>(RestChannel rest, string path, JsonTypeInfo<Page<T>> type,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var item in WalkFromAsync(rest, path, type, null, cancellationToken))
        {
            yield return item;
        }
    }

    /// <summary>From where an earlier walk, or a person, left off.</summary>
    public static async IAsyncEnumerable<T> WalkFromAsync<T>(RestChannel rest, string path, JsonTypeInfo<Page<T>> type, string? cursor,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var page = await rest.GetAsync(cursor is null ? path
                : WithQuery(path, "cursor", cursor), type, cancellationToken);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    public static string WithQuery(string path, string name, string value) =>
        $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={Uri.EscapeDataString(value)}";
}
