using System.Text;
using Microsoft.AspNetCore.Http;
using Vantage.Protocol.Images;

namespace Vantage.Tests.Images;

/// <summary>Whatever a registry does wrong, nothing runs, and the reason is told apart from all others.</summary>
public sealed class RegistryFaultTests : IAsyncLifetime
{
    private static readonly SampleImage Image = SampleImage.Make();
    private ImageWorld world = null!;

    public static TheoryData<string, string> Faults => new()
    {
        { "429", "image-registry-unavailable" },
        { "500", "image-registry-unavailable" },
        { "503 for the list of signatures", "image-registry-unavailable" },
        { "500 for the tag of signatures", "image-registry-unavailable" },
        { "no answer", "image-registry-unavailable" },
        { "an answer that never ends", "image-registry-unavailable" },
        { "a connection cut before the answer", "image-registry-unavailable" },
        { "a connection cut within a manifest", "image-registry-unavailable" },
        { "a connection cut within a payload", "image-registry-unavailable" },
        { "a token service that fails", "image-registry-unavailable" },
        { "401 without a way in", "image-registry-refused" },
        { "403", "image-registry-refused" },
        { "a token service that refuses", "image-registry-refused" },
        { "a token that does not help", "image-registry-refused" },
        { "404", "image-not-found" },
        { "no config", "image-not-found" },
        { "another manifest", "image-altered" },
        { "a shorter manifest", "image-altered" },
        { "a longer payload", "image-altered" },
        { "another type than the manifest's", "image-ambiguous" },
        { "no type", "image-ambiguous" },
        { "a manifest of 5 MiB", "image-too-large" },
        { "a manifest without a length or an end", "image-too-large" },
        { "pages without end", "image-too-large" },
        { "a page at another host", "image-registry-untrusted" },
        { "a web page where the list should be", "image-malformed" },
        { "a redirect to plain http elsewhere", "image-registry-untrusted" },
        { "a redirect to the metadata service", "image-registry-untrusted" },
        { "a redirect to itself", "image-registry-untrusted" },
        { "a redirect to nowhere", "image-registry-untrusted" },
        { "a token service elsewhere", "image-registry-untrusted" },
        { "a compressed manifest", "image-registry-untrusted" },
        { "402", "image-registry-untrusted" },
    };

    public async ValueTask InitializeAsync()
    {
        world = await ImageWorld.StartAsync();
        world.Put(Image);
        world.SignByTag(Image.Digest);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_IsARefusalWithItsOwnReason(string fault, string code)
    {
        world.Registry.Fault = (context, thing) => GoWrongAsync(fault, context, thing);
        if (fault is "no answer" or "an answer that never ends")
        {
            world.Hurry();
        }

        Assert.Equal(code, await world.CodeAsync(Image.Digest));
    }

    [Fact]
    public async Task FaultThatPasses_LeavesNothingBehind()
    {
        world.Registry.Fault = (context, thing) => GoWrongAsync("500", context, thing);
        await world.CodeAsync(Image.Digest);

        world.Registry.Fault = (_, _) => Task.FromResult(false);

        Assert.IsType<Vantage.NodeAgent.Images.ImageVerdict.Verified>(await world.AskAsync(Image.Digest));
    }

    private Task<bool> GoWrongAsync(string fault, HttpContext context, string thing)
    {
        var isManifest = thing == $"manifests/{Image.Digest}";
        var isPayload = thing.StartsWith("blobs/", StringComparison.Ordinal) && thing != $"blobs/sha256:{SampleImage.Hex(Image.Config)}";
        return (fault, isManifest, isPayload) switch
        {
            ("429" or "500" or "403" or "402", true, _) => Status(context, int.Parse(fault)),
            ("401 without a way in", true, _) => Status(context, 401),
            ("404", true, _) => Status(context, 404),
            ("503 for the list of signatures", _, _) when thing.StartsWith("referrers/", StringComparison.Ordinal) => Status(context, 503),
            ("500 for the tag of signatures", _, _) when thing.EndsWith(".sig", StringComparison.Ordinal) => Status(context, 500),
            ("no config", false, false) when thing.StartsWith("blobs/", StringComparison.Ordinal) => Status(context, 404),
            ("no answer", true, _) => HangAsync(context, []),
            ("an answer that never ends", true, _) => HangAsync(context, Image.Manifest[..20]),
            ("a connection cut before the answer", true, _) => CutAsync(context, null),
            ("a connection cut within a manifest", true, _) => CutAsync(context, Image.Manifest[..20]),
            ("a connection cut within a payload", _, true) => CutAsync(context, "{\"critical\""u8.ToArray()),
            ("another manifest", true, _) => Bytes(context, SampleImage.Make("2").Manifest, OciMedia.Manifest),
            ("a shorter manifest", true, _) => Bytes(context, Image.Manifest[..^1], OciMedia.Manifest),
            ("a longer payload", _, true) => Bytes(context, new byte[1000], "application/octet-stream"),
            ("another type than the manifest's", true, _) => Bytes(context, Image.Manifest, OciMedia.DockerManifest),
            ("no type", true, _) => Bytes(context, Image.Manifest, null),
            ("a manifest of 5 MiB", true, _) => Bytes(context, new byte[5 << 20], OciMedia.Manifest),
            ("a manifest without a length or an end", true, _) => FloodAsync(context),
            ("pages without end", _, _) when thing.StartsWith("referrers/", StringComparison.Ordinal) => Page(context, context.Request.Path.Value!),
            ("a page at another host", _, _) when thing.StartsWith("referrers/", StringComparison.Ordinal) => Page(context, "https://other.example.org/"),
            ("a web page where the list should be", _, _) when thing.StartsWith("referrers/", StringComparison.Ordinal) =>
                Bytes(context, "<html>Sign in to the guest network</html>"u8.ToArray(), "text/html"),
            ("a redirect to plain http elsewhere", true, _) => Redirect(context, "http://other.example.org/x"),
            ("a redirect to the metadata service", true, _) => Redirect(context, "http://169.254.169.254/latest"),
            ("a redirect to itself", true, _) => Redirect(context, context.Request.Path.Value!),
            ("a redirect to nowhere", true, _) => Redirect(context, null),
            ("a token service elsewhere", _, _) => Challenge(context, "https://tokens.example.org/t"),
            ("a token service that fails" or "a token service that refuses" or "a token that does not help", _, _) => Token(fault, context, thing),
            ("a compressed manifest", true, _) => Compressed(context),
            _ => Task.FromResult(false),
        };
    }

    private Task<bool> Token(string fault, HttpContext context, string thing) => thing.EndsWith("/token", StringComparison.Ordinal)
        ? fault switch
        {
            "a token service that fails" => Status(context, 502),
            "a token service that refuses" => Status(context, 401),
            _ => Bytes(context, "{\"token\":\"abc\"}"u8.ToArray(), "application/json"),
        }
        : Challenge(context, $"http://{world.Registry.Host}/v2/token");

    private static Task<bool> Challenge(HttpContext context, string realm)
    {
        context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"{realm}\",service=\"registry\",scope=\"repository:everything:*\"";
        return Status(context, 401);
    }

    private static Task<bool> Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.FromResult(true);
    }

    private static async Task<bool> Bytes(HttpContext context, byte[] bytes, string? type)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes);
        return true;
    }

    private static Task<bool> Redirect(HttpContext context, string? location)
    {
        if (location is not null)
        {
            context.Response.Headers.Location = location;
        }

        return Status(context, 307);
    }

    private static Task<bool> Page(HttpContext context, string next)
    {
        context.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        return Bytes(context, Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{OciMedia.Index}}","manifests":[]}"""), OciMedia.Index);
    }

    private static Task<bool> Compressed(HttpContext context)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        return Bytes(context, Image.Manifest, OciMedia.Manifest);
    }

    private static async Task<bool> HangAsync(HttpContext context, byte[] first)
    {
        if (first.Length > 0)
        {
            context.Response.ContentType = OciMedia.Manifest;
            await context.Response.Body.WriteAsync(first);
            await context.Response.Body.FlushAsync();
        }

        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
        return true;
    }

    private static async Task<bool> CutAsync(HttpContext context, byte[]? first)
    {
        if (first is not null)
        {
            context.Response.ContentType = OciMedia.Manifest;
            context.Response.ContentLength = first.Length + 1000;
            await context.Response.Body.WriteAsync(first);
            await context.Response.Body.FlushAsync();
        }

        context.Abort();
        return true;
    }

    private static async Task<bool> FloodAsync(HttpContext context)
    {
        context.Response.ContentType = OciMedia.Manifest;
        var piece = new byte[64 * 1024];
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(piece);
        }

        return true;
    }
}
