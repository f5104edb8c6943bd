using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Vantage.Tests.NodeAgent.Rehearsals;

/// <summary>As much of an editor as it takes to attach to a program by the Debug Adapter Protocol.</summary>
internal sealed class DebugAdapter(Stream stream) : IDisposable
{
    private int sent;

    public static async Task<DebugAdapter> ConnectAsync(int port, CancellationToken stop)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, stop);
        return new DebugAdapter(client.GetStream());
    }

    /// <summary>Attaches, with a breakpoint at a line of a file, and lets the program go.</summary>
    public async Task AttachAsync(string file, int line, CancellationToken stop)
    {
        await SayAsync("initialize", """{"adapterID":"test","linesStartAt1":true,"columnsStartAt1":true}""", stop);
        await SayAsync("attach", """{"justMyCode":false}""", stop);
        await HearAsync(message => message.GetProperty("type").GetString() == "event" && message.GetProperty("event").GetString() == "initialized", stop);
        await SayAsync("setBreakpoints", $$"""{"source":{"path":{{JsonSerializer.Serialize(file)}}},"breakpoints":[{"line":{{line}}}]}""", stop);
        await SayAsync("configurationDone", "{}", stop);
    }

    /// <summary>Waits until the program stops at a breakpoint; which thread.</summary>
    public async Task<int> StoppedAsync(CancellationToken stop) => (await HearAsync(message =>
        message.GetProperty("type").GetString() == "event" && message.GetProperty("event").GetString() == "stopped", stop)).GetProperty("body").GetProperty("threadId").GetInt32();

    /// <summary>What an expression is worth in the topmost frame.</summary>
    public async Task<string?> EvaluateAsync(int thread, string expression, CancellationToken stop)
    {
        var frames = await AskAsync("stackTrace", $$"""{"threadId":{{thread}}}""", stop);
        var frame = frames.GetProperty("body").GetProperty("stackFrames")[0].GetProperty("id").GetInt32();
        var value = await AskAsync("evaluate", $$"""{"expression":{{JsonSerializer.Serialize(expression)}},"frameId":{{frame}}}""", stop);
        return value.GetProperty("body").GetProperty("result").GetString();
    }

    public Task SayAsync(string command, string arguments, CancellationToken stop)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"seq":{{++sent}},"type":"request","command":"{{command}}","arguments":{{arguments}}}""");
        return stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"), .. body], stop).AsTask();
    }

    public void Dispose() => stream.Dispose();

    private async Task<JsonElement> AskAsync(string command, string arguments, CancellationToken stop)
    {
        await SayAsync(command, arguments, stop);
        var asked = sent;
        return await HearAsync(message => message.GetProperty("type").GetString() == "response" && message.GetProperty("request_seq").GetInt32() == asked, stop);
    }

    private async Task<JsonElement> HearAsync(Func<JsonElement, bool> wanted, CancellationToken stop)
    {
        while (true)
        {
            var header = new StringBuilder();
            var one = new byte[1];
            while (!header.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                await stream.ReadExactlyAsync(one, stop);
                header.Append((char)one[0]);
            }

            var body = new byte[int.Parse(header.ToString().Split(':')[1].Trim(), CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(body, stop);
            var message = JsonElement.Parse(body);
            if (wanted(message))
            {
                return message;
            }
        }
    }
}
