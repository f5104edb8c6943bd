using Vantage.Cli.Algorithms;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Engines;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Archives;

namespace Vantage.Cli.Sandboxes.Images;

/// <summary>
/// An image that the person brings into their sandbox: one of the engine on this machine, pulled first if need be, or one in
/// a file. It is signed there anew with the sandbox's own key, whoever signed it elsewhere.
/// </summary>
internal sealed class OwnImage : IDisposable
{
    private readonly EngineExport? export;
    private readonly PackedImage packed;

    private OwnImage(EngineExport? export, PackedImage packed) => (this.export, this.packed) = (export, packed);

    public AlgorithmManifest Algorithm { get; private set; } = null!;

    /// <summary>Its manifest for this machine.</summary>
    public Descriptor Root { get; private set; } = null!;

    /// <summary>What the engine calls it, once it has it.</summary>
    public Digest Id { get; private set; }

    /// <summary>Not in the engine before: what the sandbox brought into it, it takes out again.</summary>
    public bool IsBrought { get; private set; }

    /// <param name="name">As the engine calls it, with or without <c>oci:</c> before it; or a file.</param>
    /// <param name="engine">On this machine.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<OwnImage> OpenAsync(string name, LocalEngine engine, CancellationToken cancellationToken)
    {
        try
        {
            if (File.Exists(name))
            {
                return await DescribedAsync(new(null, await PackedImage.OpenAsync(name, cancellationToken)), name, engine, cancellationToken);
            }

            var image = name.StartsWith("oci:", StringComparison.Ordinal) ? name["oci:".Length..] : name;
            await engine.PullAsync(image, cancellationToken);
            var taken = await EngineExport.OfAsync(image, engine.Socket, cancellationToken);
            try
            {
                return await DescribedAsync(new(taken, await PackedImage.OpenAsync(taken.Path, cancellationToken)), name, engine, cancellationToken);
            }
            catch
            {
                taken.Dispose();
                throw;
            }
        }
        catch (ImageException e)
        {
            throw ImageFailures.Of(new ImageException(e.Fault, $"{name}: {e.Message}", e));
        }
    }

    public async Task AddAsync(LayoutWriter writer, CancellationToken cancellationToken)
    {
        var (bytes, manifest) = packed.ReadManifest(Root);
        var single = (ImageManifest.Single)manifest;
        await writer.AddAsync(bytes, cancellationToken);
        foreach (var blob in single.Layers.Prepend(single.Config).DistinctBy(blob => blob.Digest))
        {
            await using var there = Open(blob.Digest);
            await writer.AddAsync(blob.Digest, there, cancellationToken);
        }
    }

    public void Dispose()
    {
        packed.Dispose();
        export?.Dispose();
    }

    private static async Task<OwnImage> DescribedAsync(OwnImage image, string name, LocalEngine engine, CancellationToken cancellationToken)
    {
        try
        {
            await image.DescribeAsync(name, engine, cancellationToken);
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private async Task DescribeAsync(string name, LocalEngine engine, CancellationToken cancellationToken)
    {
        var (_, manifest) = packed.ReadManifest(packed.Root);
        Root = manifest is not ImageManifest.Several several ? packed.Root
            : several.Manifests.FirstOrDefault(one => one.Platform == ImagePlatform.OfThisMachine)
                ?? throw UsageException.Because($"{name} is for other machines than this one ({ImagePlatform.OfThisMachine}).");
        if (packed.ReadManifest(Root).Manifest is not ImageManifest.Single single)
        {
            throw UsageException.Because($"{name} holds an index within an index.", "Name one image.");
        }

        using var config = new MemoryStream();
        await using (var there = Open(single.Config.Digest))
        {
            await there.CopyToAsync(config, cancellationToken);
        }

        Algorithm = ImageConfig.Read(config.ToArray()).Describe();
        Id = single.Config.Digest;
        IsBrought = !await engine.HasImageAsync(Id.ToString(), cancellationToken);
    }

    private Stream Open(Digest digest) => packed.Open(digest)
        ?? throw new ImageException(ImageFault.ImageMalformed, $"The blob {digest} is not in the file.");
}
