using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace Vantage.Tests.Coordinator.Accounts;

/// <summary>A letter as it came over the wire, its body decoded.</summary>
internal sealed record ReceivedLetter(string From, string To, string Raw)
{
    public string Text { get; } = Decode(Raw);

    /// <summary>The one code in it.</summary>
    public string Code => Regex.Match(Text, "vac_[a-z2-7-]+").Value;

    private static string Decode(string raw)
    {
        var (head, body) = (raw[..raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)], raw[(raw.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        if (head.Contains("base64", StringComparison.OrdinalIgnoreCase))
            return Encoding.UTF8.GetString(Convert.FromBase64String(body.Replace("\r\n", "", StringComparison.Ordinal)));
        return !head.Contains("quoted-printable", StringComparison.OrdinalIgnoreCase) ? body : Regex.Replace(
            body.Replace("=\r\n", "", StringComparison.Ordinal), "=([0-9A-F]{2})", m => ((char)Convert.ToByte(m.Groups[1].Value, 16)).ToString());
    }
}

/// <summary>A mail server as RFC 5321 has it, as far as one that takes every letter needs it.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Channel<ReceivedLetter> letters = Channel.CreateUnbounded<ReceivedLetter>();
    private readonly List<ReceivedLetter> kept = [];
    private readonly Task serving;

    public MailServer()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The next letter to this address; what else comes meanwhile is kept for whoever asks for it.</summary>
    public async Task<ReceivedLetter> NextAsync(string to)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            if (kept.Find(letter => letter.To == to) is { } found)
            {
                kept.Remove(found);
                return found;
            }

            kept.Add(await letters.Reader.ReadAsync(limit.Token));
        }
    }

    /// <summary>All that came so far and nobody asked for.</summary>
    public IReadOnlyList<ReceivedLetter> Rest
    {
        get
        {
            while (letters.Reader.TryRead(out var letter))
                kept.Add(letter);
            return kept;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // The end of the tests.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 mail.example.org ready");
        var (from, to) = ("", "");
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            var word = line.Split(' ', ':')[0].ToUpperInvariant();
            if (word == "MAIL")
                from = Address(line);
            else if (word == "RCPT")
                to = Address(line);
            else if (word == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                var text = new StringBuilder();
                while (await reader.ReadLineAsync(stop.Token) is { } part && part != ".")
                    text.Append(part.StartsWith("..", StringComparison.Ordinal) ? part[1..] : part).Append("\r\n");
                letters.Writer.TryWrite(new ReceivedLetter(from, to, text.ToString()));
            }

            await writer.WriteLineAsync(word == "QUIT" ? "221 bye" : "250 ok");
            if (word == "QUIT")
                return;
        }
    }

    private static string Address(string line) => line[(line.IndexOf('<') + 1)..line.IndexOf('>')];
}
