using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Vantage.Cli.Algorithms;
using Vantage.Client.Errors;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Images.Archives;

namespace Vantage.Tests.Images;

/// <summary>An image taken from an engine, as its API gives it out.</summary>
public sealed class EngineExportTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-export-");
    private readonly SampleImage image = SampleImage.Make();
    private WebApplication engine = null!;

    private string Socket => Path.Combine(folder.FullName, "s");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        image.WriteDockerArchive(Path.Combine(folder.FullName, "saved.tar"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(Socket));
        engine = builder.Build();
        engine.Run(async context =>
        {
            if (context.Request.Path == "/images/team/glm:1/get")
            {
                await context.Response.SendFileAsync(Path.Combine(folder.FullName, "saved.tar"), context.RequestAborted);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            }
        });
        await engine.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Image_IsFetched_AndItsFileRemovedAfterwards()
    {
        string path;
        using (var export = await EngineExport.OfAsync("team/glm:1", Socket, Cancel))
        {
            path = export.Path;
            using var packed = await PackedImage.OpenAsync(path, Cancel);
            Assert.Equal(image.Config.Length, Assert.IsType<Vantage.Protocol.Images.ImageManifest.Single>(packed.ReadManifest(packed.Root).Manifest).Config.Size);
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task MissingImageOrEngine_IsToldInWords()
    {
        var missing = await Assert.ThrowsAsync<VantageException>(() => EngineExport.OfAsync("other", Socket, Cancel));
        var nobody = await Assert.ThrowsAsync<VantageException>(() => EngineExport.OfAsync("other", Socket + "x", Cancel));

        Assert.Equal((ErrorCodes.NotFound, ClientErrorCodes.Unreachable), (missing.Code, nobody.Code));
    }
}
