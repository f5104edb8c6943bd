using System.Net;
using System.Net.Sockets;
using System.Text;
using Vantage.NodeAgent.Egress;
using Vantage.NodeAgent.Policy;

namespace Vantage.Tests.NodeAgent.Egress;

public sealed class EgressProxyTests : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-egress-");
    private readonly Somewhere place = new("hello");
    private readonly Queue<IPAddress[]> names = new();
    private int asked;

    private EgressGrant Granted => new("terms", "terms.example.org", place.Port, Private: true);

    public async ValueTask DisposeAsync()
    {
        await place.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task AGrantedPlace_IsReachedBothWays_AndWhatPassedIsCounted()
    {
        names.Enqueue([IPAddress.Loopback]);
        names.Enqueue([IPAddress.Loopback]);
        await using var proxy = Start(Granted);

        var tunnelled = await AskAsync($"CONNECT terms.example.org:{place.Port} HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
        var plain = await AskAsync($"GET http://terms.example.org:{place.Port}/ HTTP/1.1\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200 OK", tunnelled, StringComparison.Ordinal);
        Assert.EndsWith("hello", tunnelled, StringComparison.Ordinal);
        Assert.EndsWith("hello", plain, StringComparison.Ordinal);
        Assert.StartsWith($"terms.example.org:{place.Port} (2 connections, ", proxy.Meter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(" 0 ", proxy.Meter.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherPortOrHost_IsRefused_AndNoNameIsAskedFor()
    {
        await using var proxy = Start(Granted);

        Assert.StartsWith("HTTP/1.1 403", await AskAsync($"CONNECT terms.example.org:{place.Port + 1} HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 403", await AskAsync($"CONNECT 127.0.0.1:{place.Port} HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);

        Assert.Equal(0, asked);
        Assert.EndsWith("(not used); 2 requests refused", proxy.Meter.Text, StringComparison.Ordinal);
    }

    /// <summary>A name that means the open Internet when it is looked at, and this machine a moment later.</summary>
    [Fact]
    public async Task ANameThatMovesInside_IsRefusedTheMomentItDoes()
    {
        names.Enqueue([IPAddress.Loopback]);
        names.Enqueue([IPAddress.Parse("93.184.216.34"), IPAddress.Loopback]);
        names.Enqueue([IPAddress.Parse("169.254.169.254")]);
        await using var proxy = Start(Granted with { Private = false });
        var ask = $"CONNECT terms.example.org:{place.Port} HTTP/1.1\r\n\r\n";

        var answers = new[] { await AskAsync(ask), await AskAsync(ask), await AskAsync(ask) };

        Assert.All(answers, answer => Assert.StartsWith("HTTP/1.1 403", answer, StringComparison.Ordinal));
        Assert.Contains("private network", answers[0], StringComparison.Ordinal);
        Assert.Contains("metadata", answers[2], StringComparison.Ordinal);
        Assert.Equal((3, 0), (asked, place.Calls));
    }

    [Fact]
    public async Task AMachineThatIsNotThere_IsABadGateway_AndNoRefusal()
    {
        names.Enqueue([]);
        await using var proxy = Start(Granted);

        Assert.StartsWith("HTTP/1.1 502", await AskAsync($"CONNECT terms.example.org:{place.Port} HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHeadWithoutEnd_IsRefused()
    {
        await using var proxy = Start(Granted);

        Assert.StartsWith("HTTP/1.1 400", await AskAsync("CONNECT x:1 HTTP/1.1\r\nX: " + new string('x', 9000)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MoreThanItMay_EndsTheConnection_AndThereIsNoOther()
    {
        names.Enqueue([IPAddress.Loopback]);
        await using var proxy = Start(Granted, most: 40);
        var ask = $"CONNECT terms.example.org:{place.Port} HTTP/1.1\r\n\r\n";

        var first = await AskAsync(ask + "GET / HTTP/1.1\r\n\r\n");
        var second = await AskAsync(ask);

        Assert.DoesNotContain("hello", first, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 403", second, StringComparison.Ordinal);
        Assert.Contains("ended at the limit", proxy.Meter.Text, StringComparison.Ordinal);
    }

    private EgressProxy Start(EgressGrant granted, long most = 1 << 20) =>
        EgressProxy.Start(Path.Combine(folder.FullName, "p"), [granted], most, new EgressDial(Resolve, TimeProvider.System));

    private Task<IPAddress[]> Resolve(string name, CancellationToken cancellationToken)
    {
        asked++;
        return names.TryDequeue(out var addresses) && addresses.Length > 0
            ? Task.FromResult(addresses)
            : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
    }

    private async Task<string> AskAsync(string request)
    {
        var stop = TestContext.Current.CancellationToken;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(folder.FullName, "p")), stop);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), stop);
        await using var stream = new NetworkStream(socket);
        using var said = new MemoryStream();
        try
        {
            await stream.CopyToAsync(said, stop).WaitAsync(TimeSpan.FromMinutes(1), stop);
        }
        catch (IOException)
        {
            // Hung up on with something still unread: what was said before counts.
        }

        return Encoding.ASCII.GetString(said.ToArray());
    }
}
