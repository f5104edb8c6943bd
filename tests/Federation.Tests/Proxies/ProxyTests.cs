using System.Text.Json;
using Federation.Tests.Processes;
using Federation.Tests.Worlds;

namespace Federation.Tests.Proxies;

/// <summary>The ways out of a hospital, by the programs that really stand there.</summary>
public sealed class ProxyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "refuses upgrades and buffers")]
    [InlineData("proxy_read_timeout 4s; proxy_send_timeout 4s; keepalive_timeout 0;", "closes idle connections as well")]
    public async Task Node_BehindAReverseProxyThatIsInTheWay_WorksByLongPoll(string settings, string because)
    {
        Nginx? nginx = null;
        await using var world = await World.StartAsync(new WorldOptions
        {
            NodeUrl = async port => (nginx = await Nginx.BeforeAsync(port, settings + " client_max_body_size 16m;", Stop)).Url,
        }, Stop);
        await using var proxy = nginx!;

        var answer = await world.AskAsync("summary", "{}");

        Assert.Equal(60, answer.GetProperty("result").GetProperty("rows").GetInt64());
        Assert.True((await LinkAsync(world)).Contains("poll", StringComparison.OrdinalIgnoreCase), because);
    }

    [Fact]
    public async Task Node_BehindAProxyWithCredentials_WorksThroughItsTunnel()
    {
        TinyProxy? tinyProxy = null;
        await using var world = await StartBehindAsync(async port => tinyProxy = await TinyProxy.StartAsync(Stop, port), withCredentials: true);
        await using var proxy = tinyProxy!;

        var answer = await world.AskAsync("summary", "{}");

        Assert.Equal(60, answer.GetProperty("result").GetProperty("rows").GetInt64());
        Assert.Contains("WebSocket", await LinkAsync(world), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_BehindAProxyThatRefusesTunnels_WorksByLongPoll()
    {
        TinyProxy? tinyProxy = null;
        await using var world = await StartBehindAsync(async _ => tinyProxy = await TinyProxy.StartAsync(Stop), withCredentials: true);
        await using var proxy = tinyProxy!;

        var answer = await world.AskAsync("summary", "{}");

        Assert.Equal(60, answer.GetProperty("result").GetProperty("rows").GetInt64());
        Assert.Contains("poll", await LinkAsync(world), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Node_BehindAProxyThatAnswers407_NamesTheSettings()
    {
        await using var proxy = await TinyProxy.StartAsync(Stop);
        using var folder = new TemporaryFolder("node407");

        await using var setup = ChildProcess.Start(Programs.NodeAgent, ["setup", "--url", $"http://127.0.0.1:{FreePort.Next()}/",
            "--code", "anything", "--dir", folder.Sub("node"), "--proxy", proxy.Url.ToString()]);
        var exitCode = await setup.ExitAsync(Stop);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("407", setup.Output, StringComparison.Ordinal);
        Assert.Contains("user", setup.Output, StringComparison.Ordinal);
        Assert.Contains("passwordFile", setup.Output, StringComparison.Ordinal);
    }

    private static async Task<World> StartBehindAsync(Func<int, Task<TinyProxy>> start, bool withCredentials)
    {
        using var folder = new TemporaryFolder("proxy-password");
        var password = folder.Write("password", TinyProxy.Password);
        File.SetUnixFileMode(password, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var options = new List<string>();
        return await World.StartAsync(new WorldOptions
        {
            NodeUrl = async port =>
            {
                var proxy = await start(port);
                options.AddRange(["--proxy", proxy.Url.ToString()]);
                if (withCredentials)
                {
                    options.AddRange(["--proxy-user", TinyProxy.User, "--proxy-password-file", password]);
                }

                return new Uri($"http://127.0.0.1:{port}/");
            },
            SetupOptions = options,
        }, Stop);
    }

    /// <summary>How the node says that it is linked.</summary>
    private static async Task<string> LinkAsync(World world)
    {
        await using var status = ChildProcess.Start(Programs.NodeAgent, ["status", "--dir", world.Site.NodeFolder, "--json"]);
        await status.ExitAsync(Stop);
        return JsonDocument.Parse(status.StandardOutput).RootElement.GetProperty("status").GetProperty("link").GetString()!;
    }
}
