using System.Text;

namespace Vantage.NodeAgent.Egress;

/// <summary>What a client of a proxy asks for, as far as a proxy has to know it.</summary>
internal abstract record ProxyRequest
{
    private ProxyRequest() { }

    /// <param name="Authority">Host and port as they were written, in lower case.</param>
    public sealed record Tunnel(string Authority) : ProxyRequest;

    /// <param name="Authority">Host and port as they were written, in lower case; the port is 80 where none was.</param>
    /// <param name="Head">What the server is told.</param>
    public sealed record Plain(string Authority, byte[] Head) : ProxyRequest;

    public sealed record Malformed(string Why) : ProxyRequest;

    private const string Scheme = "http://";

    /// <summary>Between two machines only, or meant for us.</summary>
    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
        { "Host", "Connection", "Proxy-Connection", "Proxy-Authorization", "Proxy-Authenticate", "Keep-Alive", "TE", "Upgrade", "Expect" };

    /// <param name="head">Up to and with the empty line.</param>
    public static ProxyRequest Parse(ReadOnlySpan<byte> head)
    {
        if (head.ContainsAnyExceptInRange((byte)' ', (byte)'~') && !OnlyLineEnds(head))
        {
            return new Malformed("a byte that does not belong there");
        }

        var lines = Encoding.ASCII.GetString(head).Split("\r\n");
        return lines[0].Split(' ') is [var method, var target, "HTTP/1.1" or "HTTP/1.0"] && IsToken(method)
            ? method == "CONNECT" ? new Tunnel(target.ToLowerInvariant()) : Absolute(method, target, lines[1..^2])
            : new Malformed("the first line");
    }

    private static ProxyRequest Absolute(string method, string target, string[] headers)
    {
        if (!target.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || target.Contains('#', StringComparison.Ordinal))
        {
            return new Malformed("not a proxy's request: 'CONNECT host:port', or a whole http:// address");
        }

        var rest = target[Scheme.Length..];
        var end = rest.IndexOfAny(['/', '?']) is var at && at < 0 ? rest.Length : at;
        var authority = rest[..end].ToLowerInvariant();
        var path = rest[end..] is { Length: > 0 } given ? given : "/";
        var kept = new List<string>();
        foreach (var header in headers)
        {
            if (header.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon) || !IsToken(header[..colon]))
            {
                return new Malformed("a header");
            }

            if (!Dropped.Contains(header[..colon]))
            {
                kept.Add(header);
            }
        }

        // Two ways to say how long the body is could be understood in two ways.
        return Count(kept, "Content-Length") + Count(kept, "Transfer-Encoding") > 1
            ? new Malformed("two lengths")
            : new Plain(HasPort(authority) ? authority : authority + ":80", Encoding.ASCII.GetBytes(
                $"{method} {(path[0] == '/' ? path : "/" + path)} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n"
                + string.Concat(kept.Select(header => header + "\r\n")) + "\r\n"));
    }

    private static int Count(List<string> headers, string name) =>
        headers.Count(header => header.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));

    private static bool HasPort(string authority) => authority.LastIndexOf(':') > authority.LastIndexOf(']');

    private static bool IsToken(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));

    /// <summary>Both bytes of a line's end, or neither, and no other control character.</summary>
    private static bool OnlyLineEnds(ReadOnlySpan<byte> head)
    {
        for (var i = 0; i < head.Length; i++)
        {
            var fits = head[i] switch
            {
                (byte)'\r' => i + 1 < head.Length && head[i + 1] == '\n',
                (byte)'\n' => i > 0 && head[i - 1] == '\r',
                (byte)'\t' => true,
                var other => other is >= (byte)' ' and <= (byte)'~',
            };
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }
}
