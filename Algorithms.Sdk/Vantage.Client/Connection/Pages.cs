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
        string? cursor = null;
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
