using System.Net.Sockets;
using System.Text;

namespace Vantage.Benchmarks.Wire;

/// <summary>
/// One keep-alive HTTP/1.1 connection that sends prepared bytes: the load generator shares the processor with what it
/// measures, so it does as little as it can.
/// </summary>
internal sealed class RawHttp : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[256 * 1024];
    private readonly Uri url;

    public RawHttp(Uri url) => this.url = url;

    public Task ConnectAsync() => socket.ConnectAsync(url.Host, url.Port);

    public static byte[] Request(string method, string path, string? token, ReadOnlySpan<byte> body)
    {
        var head = $"{method} {path} HTTP/1.1\r\nHost: bench\r\n"
            + (token is null ? "" : $"Authorization: Bearer {token}\r\n")
            + (body.IsEmpty ? "" : "Content-Type: application/json\r\n")
            + $"Content-Length: {body.Length}\r\n\r\n";
        var request = new byte[head.Length + body.Length];
        Encoding.ASCII.GetBytes(head, request);
        body.CopyTo(request.AsSpan(head.Length));
        return request;
    }

    /// <summary>The answer's status. Its text is <see cref="LastAnswer"/>.</summary>
    public async Task<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        while (!request.IsEmpty)
        {
            request = request[await socket.SendAsync(request)..];
        }

        var (filled, end) = (0, -1);
        while (end < 0)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            filled += read;
            end = EndOf(buffer.AsSpan(0, filled));
        }

        length = filled;
        return ((buffer[9] - '0') * 100) + ((buffer[10] - '0') * 10) + (buffer[11] - '0');
    }

    private int length;

    public string LastAnswer => Encoding.UTF8.GetString(buffer, 0, length);

    public void Dispose() => socket.Dispose();

    /// <summary>Negative until the whole answer is there.</summary>
    private static int EndOf(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return -1;
        }

        var lengthAt = answer[..head].IndexOf("Content-Length: "u8);
        if (lengthAt < 0)
        {
            // Chunked, whose end is an empty chunk.
            return answer.EndsWith("\r\n0\r\n\r\n"u8) ? answer.Length : -1;
        }

        var expected = 0;
        foreach (var digit in answer[(lengthAt + 16)..head])
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                break;
            }

            expected = (expected * 10) + digit - '0';
        }

        return answer.Length >= head + 4 + expected ? head + 4 + expected : -1;
    }
}
