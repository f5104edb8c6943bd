using System.Runtime.CompilerServices;
using System.Text;

namespace Vantage.Client.Watching;

/// <summary>
/// One server-sent event. Comments, which keep the connection warm, come as events without a name or data.
/// </summary>
internal sealed record SseEvent(string? Id, string Name, string Data)
{
    public bool IsComment => Name.Length == 0;
}

/// <summary>
/// Reads a stream of server-sent events as the HTML standard has it, with a bound on what one event may hold.
/// </summary>
internal static class SseReader
{
    private const int LongestEvent = 256 * 1024;

    public static async IAsyncEnumerable<SseEvent> ReadAsync(Stream stream,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        string? id = null;
        var name = "message";
        var data = new StringBuilder();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0)
            {
                if (data.Length > 0 || name != "message")
                {
                    yield return new SseEvent(id, name, data.ToString().TrimEnd('\n'));
                }
                else if (id is not null)
                {
                    // No event, but a place to resume from.
                    yield return new SseEvent(id, "", "");
                }

                (name, id) = ("message", null);
                data.Clear();
                continue;
            }

            if (line[0] == ':')
            {
                yield return new SseEvent(null, "", "");
                continue;
            }

            var (field, value) = Split(line);
            switch (field)
            {
                case "id":
                    id = value;
                    break;
                case "event":
                    name = value;
                    break;
                case "data" when data.Length + value.Length <= LongestEvent:
                    data.Append(value).Append('\n');
                    break;
                case "data":
                    throw new IOException("A server-sent event is longer than any that a Coordinator sends.");
            }
        }
    }

    private static (string Field, string Value) Split(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (line, "") : (line[..colon], line[(colon + 1)..] is [' ', .. var rest] ? rest
            : line[(colon + 1)..]);
    }
}
