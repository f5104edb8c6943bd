using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Vantage.NodeAgent.Gateway;
using Vantage.NodeAgent.Vantage6;
using Vantage.NodeAgent.Vantage6.Proxy;
using Vantage.Protocol.Algorithms;
using Vantage.Tests.Images;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.NodeAgent.Gateway;

namespace Vantage.Tests.NodeAgent.Vantage6;

/// <summary>The proxy of one run on its socket, and a client as an algorithm container has it.</summary>
internal sealed class V4Bench : IAsyncDisposable
{
    public const string Image = "registry.example.org/partner/mean@sha256:aa";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-v4-");
    private readonly RunSocket socket = new();
    private V4Proxy proxy = null!;

    private V4Bench()
    {
        World = new()
        {
            Image = Image,
            Sites = ["north", "south", "east"],
            Own = 2,
            OwnName = "south",
            Labels = ["table"],
            HasStudy = false,
        };
        Sites = new FakeSites(folder.FullName);
        Clock = new VirtualClock(DateTimeOffset.UnixEpoch.AddYears(60));
        Issuer = new V4Token(Clock.GetUtcNow().AddHours(1), Clock);
        Token = Issuer.Issue(World);
        Client = GatewayBench.Connect(socket.Path);
    }

    public V4World World { get; }

    public FakeSites Sites { get; }

    public VirtualClock Clock { get; }

    public V4Token Issuer { get; }

    /// <summary>As it lies in the run's token file.</summary>
    public string Token { get; }

    public HttpClient Client { get; }

    public static async Task<V4Bench> StartAsync()
    {
        var bench = new V4Bench();
        var algorithm = SampleSidecar.Of(default)["algorithm"].Deserialize(AlgorithmsJson.Default.AlgorithmManifest)!;
        bench.proxy = await V4Proxy.StartAsync(
            bench.socket, bench.Issuer, new V4Desk(bench.World, algorithm, bench.Sites), TestContext.Current.CancellationToken);
        return bench;
    }

    /// <summary>With the run's token, unless another is given.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(HttpMethod method, string path, string? body = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Token);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonDocument.Parse(text).RootElement);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        var (status, body) = await CallAsync(HttpMethod.Get, path);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {status} {body}");
        return body;
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(string organizations, string more = "") => CallAsync(HttpMethod.Post, "/task",
        $$"""{"name":"n","image":"{{Image}}","collaboration_id":1,"description":"","organizations":[{{organizations}}],"databases":[{"label":"table"}]{{more}}}""");

    public static string Site(int id, string input = """{"method":"partial","args":[],"kwargs":{"column":"age"}}""") =>
        $$"""{"id":{{id}},"input":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(input))}}"}""";

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await proxy.DisposeAsync();
        socket.Dispose();
        folder.Delete(recursive: true);
    }
}
