using System.Net.Sockets;
using System.Text;

namespace Vantage.Client.SingleSignOn;

/// <summary>As much of HTTP as one page of a browser on the same machine needs.</summary>
internal static class LoopbackRequest
{
    private const string Path = "/vantage?";
    private const int Longest = 8192;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The query of a GET to our path; null for anything else.</summary>
    public static async Task<IReadOnlyDictionary<string, string>?> ReadAsync(TcpClient connection, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Patience);
        try
        {
            var buffer = new byte[Longest];
            var length = 0;
            while (length < Longest && !Encoding.ASCII.GetString(buffer, 0, length).Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                var read = await connection.GetStream().ReadAsync(buffer.AsMemory(length), late.Token);
                if (read == 0)
                {
                    return null;
                }

                length += read;
            }

            var words = Encoding.ASCII.GetString(buffer, 0, length).Split("\r\n", 2)[0].Split(' ');
            return words is ["GET", var target, "HTTP/1.1" or "HTTP/1.0"] && target.StartsWith(Path, StringComparison.Ordinal)
                ? Parse(target[Path.Length..])
                : null;
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public static async Task AnswerAsync(TcpClient connection, string status, string text, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(
            $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Vantage</title><p>{text}</p></html>\n");
        var head = $"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {body.Length}\r\n"
            + "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nContent-Security-Policy: default-src 'none'\r\nConnection: close\r\n\r\n";
        try
        {
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), cancellationToken);
            await connection.GetStream().WriteAsync(body, cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // Whoever knocked is gone.
        }
    }

    /// <summary>Null where something stands twice: nobody can tell which is meant.</summary>
    private static Dictionary<string, string>? Parse(string query)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            if (!values.TryAdd(Decode(parts[0]), parts.Length > 1 ? Decode(parts[1]) : ""))
            {
                return null;
            }
        }

        return values;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
