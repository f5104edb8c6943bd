using System.Net;
using Microsoft.AspNetCore.Http;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Registry;

namespace Vantage.Tests.Images;

/// <summary>Whom a registry's password and tokens are shown to, and where its answers can send us.</summary>
public sealed class RegistryAccessTests : IAsyncLifetime
{
    private const string Basic = "Basic bm9kZTpzZWNyZXQ=";
    private FakeRegistry registry = null!;
    private FakeRegistry other = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (registry, other) = (await FakeRegistry.StartAsync(), await FakeRegistry.StartAsync());
        registry.Put("manifests", "x", "{}"u8.ToArray(), OciMedia.Manifest);
        registry.PutBlob("blob"u8.ToArray());
        other.PutBlob("blob"u8.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        await registry.DisposeAsync();
        await other.DisposeAsync();
    }

    [Fact]
    public async Task Token_IsFetchedForTheScopeThatIsNeeded_AndUsedAgain()
    {
        registry.Fault = WantTokenAsync($"http://{registry.Host}/v2/token");
        using var client = Client();
        var content = client.Open(ImageRepository.Parse($"{registry.Host}/vantage/glm"));

        Assert.NotNull(await content.FindManifestAsync("x", Cancel));
        Assert.NotNull(await content.FindManifestAsync("x", Cancel));

        Assert.Equal(
            ["GET /v2/vantage/glm/manifests/x ", $"GET /v2/token {Basic}", "GET /v2/vantage/glm/manifests/x Bearer t1", "GET /v2/vantage/glm/manifests/x Bearer t1"],
            registry.Asked);
        Assert.Equal("?scope=repository%3Avantage%2Fglm%3Apull&service=s", asked);
    }

    [Fact]
    public async Task TokenServiceElsewhere_IsAskedOnlyIfItWasNamed()
    {
        registry.Fault = WantTokenAsync($"http://{other.Host}/token");
        other.Fault = registry.Fault;
        using var unnamed = Client();
        using var named = new RegistryClient(new() { Host = registry.Host, Insecure = true, Credential = new("node", "secret"), TokenHost = other.Host });

        var refused = await Assert.ThrowsAsync<ImageException>(() => Find(unnamed));
        Assert.Empty(other.Asked);
        await Find(named);

        Assert.Equal(ImageFault.ImageRegistryUntrusted, refused.Fault);
        Assert.Equal([$"GET /token {Basic}"], other.Asked);
    }

    [Fact]
    public async Task Redirect_CarriesNothingOfOurs()
    {
        registry.Fault = async (context, thing) =>
        {
            if (await WantTokenAsync($"http://{registry.Host}/v2/token")(context, thing))
            {
                return true;
            }

            if (!thing.StartsWith("blobs/", StringComparison.Ordinal))
            {
                return false;
            }

            context.Response.Redirect($"http://{other.Host}/v2/elsewhere/{thing}");
            return true;
        };
        using var client = Client();
        var blob = new Descriptor("x", Vantage.Protocol.Cryptography.Digest.OfText("blob"), 4);

        var bytes = await client.Open(ImageRepository.Parse($"{registry.Host}/vantage/glm")).ReadBlobAsync(blob, 10, "it", Cancel);

        Assert.Equal("blob"u8.ToArray(), bytes);
        Assert.EndsWith(" ", Assert.Single(other.Asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_IsShownToARegistryThatAsksForItAndToNoOther()
    {
        registry.Fault = (context, _) =>
        {
            if (context.Request.Headers.Authorization == Basic)
            {
                return Task.FromResult(false);
            }

            context.Response.Headers.WWWAuthenticate = "Basic realm=\"registry\"";
            context.Response.StatusCode = 401;
            return Task.FromResult(true);
        };
        using var client = Client();

        await Find(client);

        Assert.Equal(["GET /v2/a/manifests/x ", $"GET /v2/a/manifests/x {Basic}"], registry.Asked);
    }

    [Fact]
    public async Task Upload_GoesOnAtTheRegistryItself()
    {
        registry.Fault = (context, _) =>
        {
            if (context.Request.Method != "POST")
            {
                return Task.FromResult(false);
            }

            context.Response.StatusCode = 202;
            context.Response.Headers.Location = $"http://{other.Host}/v2/upload";
            return Task.FromResult(true);
        };
        using var client = Client();

        var refused = await Assert.ThrowsAsync<ImageException>(() => client.Open(ImageRepository.Parse($"{registry.Host}/a"))
            .WriteBlobAsync(Vantage.Protocol.Cryptography.Digest.OfText("new"), 3, () => new MemoryStream("new"u8.ToArray()), Cancel));

        Assert.Equal(ImageFault.ImageRegistryUntrusted, refused.Fault);
        Assert.Empty(other.Asked);
    }

    [Fact]
    public void PlainHttp_IsForThisMachineOnly() =>
        Assert.Throws<InvalidOperationException>(() => new RegistryClient(new() { Host = "registry.example.org", Insecure = true }));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:7f00:1::")]
    public void AddressWithinANetwork_IsNoPlaceToBeSentTo(string address) => Assert.False(AddressGuard.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:2800:220:1::1")]
    public void PublicAddress_Is(string address) => Assert.True(AddressGuard.IsPublic(IPAddress.Parse(address)));

    private string? asked;

    private Func<HttpContext, string, Task<bool>> WantTokenAsync(string realm) => async (context, thing) =>
    {
        if (thing.EndsWith("/token", StringComparison.Ordinal))
        {
            asked = context.Request.QueryString.Value;
            await context.Response.WriteAsync("{\"access_token\":\"t1\",\"expires_in\":60}");
            return true;
        }

        if (context.Request.Headers.Authorization == "Bearer t1")
        {
            return false;
        }

        context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"{realm}\",service=\"s\",scope=\"repository:vantage/glm:pull,push,delete\"";
        context.Response.StatusCode = 401;
        return true;
    };

    private RegistryClient Client() => new(new() { Host = registry.Host, Insecure = true, Credential = new NetworkCredential("node", "secret") });

    private Task<StoredManifest?> Find(RegistryClient client) =>
        client.Open(ImageRepository.Parse($"{registry.Host}/a")).FindManifestAsync("x", Cancel);
}
