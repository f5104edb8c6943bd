using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Yaml;

namespace Vantage.Tests.NodeAgent.Hosting;

public sealed class NodeSettingsTests
{
    private static readonly NodeHome Home = NodeHome.At("/srv/node");

    [Theory]
    [InlineData("proxy: {}\n", 1, "'coordinator' is missing")]
    [InlineData("coordinater: https://v.example.org\n", 1, "Did you mean 'coordinator'?")]
    [InlineData("coordinator: http://v.example.org\n", 1, "Plain http is refused outside this machine")]
    [InlineData("coordinator: v.example.org\n", 1, "is not an address")]
    [InlineData("coordinator: ftp://v.example.org\n", 1, "is not an address")]
    [InlineData("coordinator: https://mary:secret@v.example.org\n", 1, "secrets never go into an address")]
    [InlineData("coordinator: https://v.example.org/?token=x\n", 1, "secrets never go into an address")]
    [InlineData("coordinator: https://v.example.org\nparallelRuns: 0\n", 2, "from 1 to 64")]
    [InlineData("coordinator: https://v.example.org\ntransport: pigeon\n", 2, "auto, websocket or long-poll")]
    [InlineData("coordinator: https://v.example.org\nproxy:\n  url: proxy:3128\n", 3, "is not a proxy's address")]
    [InlineData("coordinator: https://v.example.org\nproxy:\n  url: http://mary:x@proxy:3128\n", 3, "proxy.passwordFile")]
    [InlineData("coordinator: https://v.example.org\nproxy:\n  url: http://proxy:3128\n  user: mary\n", 3, "are set together")]
    [InlineData("coordinator: https://v.example.org\nproxy:\n  url: http://proxy:3128\n  pasword: x\n", 4, "Unknown key 'proxy.pasword'")]
    [InlineData("coordinator: https://v.example.org\ndocker:\n  host: tcp://engine:2375\n", 3, "TLS on both sides only")]
    [InlineData("coordinator: https://v.example.org\ndocker:\n  host: https://engine:2376\n", 3, "tcp://HOST:2376")]
    [InlineData("coordinator: https://v.example.org\ndocker:\n  socket: docker.sock\n", 3, "full path")]
    [InlineData("coordinator: https://v.example.org\ndocker:\n  socket: /s\n  host: unix:///t\n", 4, "keep one")]
    [InlineData("coordinator: https://v.example.org\ndocker:\n  staging: volume\n  gateway: socket\n", 4, "'docker.gateway' is stdio")]
    [InlineData("coordinator: https://v.example.org\ndocker:\n  host: npipe:////./pipe/docker_engine\n  staging: bind\n", 4, "does not see this node's files")]
    public void Mistake_IsToldInTheAdminsWords(string text, long line, string says)
    {
        var error = Assert.Throws<SettingsException>(() => Read(text));

        Assert.Contains(error.Problems, problem => problem.Line == line && problem.Message.Contains(says));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("http://localhost:5000/")]
    [InlineData("http://[::1]:5000")]
    [InlineData("https://v.example.org/vantage")]
    public void Address_IsTaken(string url)
    {
        var settings = Read($"coordinator: {url}\n");

        Assert.EndsWith("/", settings.Coordinator.AbsoluteUri);
        Assert.Equal(url.TrimEnd('/') + "/api/v1/runs", settings.Coordinator.At("/api/v1/runs").AbsoluteUri);
    }

    [Fact]
    public void RelativePaths_AreRelativeToTheNodesDirectory()
    {
        var settings = Read("coordinator: https://v.example.org\nextraCa: ca.pem\nworker: bin/worker\nproxy:\n  url: http://p:1\n  user: u\n  passwordFile: keys/p\n");

        Assert.Equal(("/srv/node/ca.pem", "/srv/node/bin/worker", "/srv/node/keys/p"),
            (settings.ExtraCa, settings.Worker, settings.Proxy!.PasswordFile));
    }

    [Fact]
    public void WithoutASettingsFile_TheNextStepIsNamed()
    {
        var error = Assert.Throws<CommandFailure>(() => NodeSettings.Load(NodeHome.At("/nowhere")));

        Assert.Contains("vantage node setup", error.Message);
    }

    /// <summary>Where the engine is decides, unless the admin does.</summary>
    [Theory]
    [InlineData("", false, false)]
    [InlineData("docker: { socket: /run/docker.sock }", false, false)]
    [InlineData("docker: { gateway: stdio }", false, true)]
    [InlineData("docker: { staging: volume }", true, true)]
    [InlineData("docker: { host: \"npipe:////./pipe/docker_engine\" }", true, true)]
    [InlineData("docker: { host: \"tcp://engine\", ca: ca.pem, certificate: c.pem, key: c.key }", true, true)]
    public void Engine_IsGivenFilesAsItCanTakeThem(string text, bool copies, bool frames)
    {
        var docker = Read($"coordinator: https://v.example.org\n{text}\n").Docker;

        Assert.Equal((copies, frames), (docker.CopiesInputs, docker.FramesGateway));
        if (docker.Engine is Vantage.NodeAgent.Runtimes.Docker.Engine.EngineAddress.Tls tls)
        {
            Assert.Equal(("tcp://engine:2376", "/srv/node/c.key"), (tls.Text, tls.Key));
        }
    }

    private static NodeSettings Read(string text) => YamlFile.Parse("node.yaml", text, root => NodeSettings.Read(root, Home));
}
