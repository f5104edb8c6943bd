using Microsoft.AspNetCore.Http;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Registry;
using Vantage.Tests.Images;

namespace Vantage.Tests.Advisories;

/// <summary>
/// The MCP registry skipped its check of ownership when another server answered 429. Here each of these is a refusal: an
/// image that was validly signed a moment ago does not run while its registry does not say so.
/// </summary>
public sealed class Cve_2026_45781_ARegistryThatFailsAdmitsNothingTests : IAsyncLifetime
{
    private readonly SampleImage image = SampleImage.Make();
    private ImageWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        world = await ImageWorld.StartAsync();
        world.Put(image);
        world.SignByTag(image.Digest);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("429", "image-registry-unavailable")]
    [InlineData("500", "image-registry-unavailable")]
    [InlineData("502", "image-registry-unavailable")]
    [InlineData("503", "image-registry-unavailable")]
    [InlineData("timeout", "image-registry-unavailable")]
    [InlineData("truncated", "image-registry-unavailable")]
    [InlineData("wrong digest", "image-altered")]
    public async Task EachFault_OfEachAnswer_IsARefusal(string fault, string code)
    {
        string[] answers = [$"manifests/{image.Digest}", $"manifests/sha256-{image.Digest.ToHex()}.sig", $"referrers/{image.Digest}"];
        if (fault == "timeout")
        {
            world.Hurry();
        }

        foreach (var failing in fault is "wrong digest" or "timeout" ? answers[..1] : answers)
        {
            world.Registry.Fault = (context, thing) => thing == failing ? FailAsync(context, fault) : Task.FromResult(false);
            world.Restart();
            Assert.Equal(code, await world.CodeAsync(image.Digest));
        }
    }

    [Fact]
    public async Task ARegistryWhoseTlsFails_SaysNothing()
    {
        using var client = new RegistryClient(new() { Host = world.Registry.Host, Patience = TimeSpan.FromSeconds(20) });

        var refused = await Assert.ThrowsAsync<ImageException>(() => client.Open(ImageRepository.Parse(world.Repository))
            .FindManifestAsync(image.Digest.ToString(), TestContext.Current.CancellationToken));

        Assert.True(refused.Fault is ImageFault.ImageRegistryUnavailable or ImageFault.ImageRegistryUntrusted, $"{refused.Fault}");
        Assert.Empty(world.Registry.Asked);
    }

    private async Task<bool> FailAsync(HttpContext context, string fault)
    {
        switch (fault)
        {
            case "timeout":
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case "truncated":
                context.Response.ContentType = OciMedia.Manifest;
                context.Response.ContentLength = image.Manifest.Length;
                await context.Response.Body.WriteAsync(image.Manifest.AsMemory(0, 20), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                context.Abort();
                break;
            case "wrong digest":
                context.Response.ContentType = OciMedia.Manifest;
                await context.Response.Body.WriteAsync(SampleImage.Make("2").Manifest, context.RequestAborted);
                break;
            default:
                context.Response.StatusCode = int.Parse(fault);
                break;
        }

        return true;
    }
}
