using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Advisories;

/// <summary>There, a line break within a chunk's extension ended the request for one server and not for another.</summary>
public sealed partial class Cve_2025_55315_NoRequestHidesInAnotherTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private const string Hidden = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";

    /// <summary>The fix came with 10.0 itself; what comes before it is refused by nothing but this.</summary>
    [Fact]
    public void TheRuntime_IsOneThatHasTheFix() => Assert.True(Environment.Version >= new Version(10, 0, 0)
        && !RuntimeInformation.FrameworkDescription.Contains('-', StringComparison.Ordinal), RuntimeInformation.FrameworkDescription);

    public static TheoryData<string> Corpus =>
    [
        "Transfer-Encoding: chunked\r\n\r\n1;\n" + "xx\r\nA\r\n0\r\n\r\n" + Hidden,
        "Transfer-Encoding: chunked\r\n\r\n1;a=\rb\r\nA\r\n0\r\n\r\n" + Hidden,
        "Transfer-Encoding: chunked\r\n\r\n1\n A\r\n0\r\n\r\n" + Hidden,
        "Transfer-Encoding: chunked\r\n\r\n0x1\r\nA\r\n0\r\n\r\n" + Hidden,
        "Transfer-Encoding: chunked\r\n\r\n-1\r\nA\r\n0\r\n\r\n" + Hidden,
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + Hidden,
        "Transfer-Encoding: identity, chunked, identity\r\n\r\n0\r\n\r\n" + Hidden,
        "Content-Length: 0\r\nContent-Length: 4\r\n\r\n" + Hidden,
        "Content-Length: 0, 0\r\n\r\n" + Hidden,
        "Content-Length : 0\r\n\r\n" + Hidden,
    ];

    [Theory]
    [MemberData(nameof(Corpus))]
    public async Task AMalformedRequest_IsRefusedAndTheConnectionEnded_BeforeWhatHidesBehindIt(string rest)
    {
        var url = new Uri(coordinator.Url);
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/node-enrolment HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\n{rest}"),
            TestContext.Current.CancellationToken);
        client.Client.Shutdown(SocketShutdown.Send);

        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain("\"live\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.True(Status().Count(answer) <= 1, answer);
    }

    [GeneratedRegex("HTTP/1\\.1 \\d{3}")]
    private static partial Regex Status();
}
