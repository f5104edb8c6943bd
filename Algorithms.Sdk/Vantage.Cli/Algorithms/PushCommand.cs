using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Archives;
using Vantage.Protocol.Images.Registry;

namespace Vantage.Cli.Algorithms;

/// <summary>
/// <c>vantage algorithm push</c>: from a file, or the engine on this machine, to a registry, byte for byte, so that a manifest that has a digest keeps it.
/// </summary>
internal static class PushCommand
{
    public static Command Build(CliConsole console)
    {
        var file = new Argument<string>("file") { Description = "An OCI archive, or what 'docker save' writes; with --from-engine an image's name." };
        var target = new Argument<string>("image") { Description = "Where to: HOST/REPOSITORY[:TAG]." };
        var fromEngine = new Option<bool>("--from-engine") { Description = "Take the image from the engine on this machine." };
        return new Command("push", "Put an image from a file into a registry.")
            .With(file, target, fromEngine).WithRegistry().Does(console, async (call, cancellationToken) =>
            {
                var to = RegistryOptions.Reference(call.Required(target));
                if (to.Digest is not null)
                {
                    throw UsageException.Because("The digest follows from the image: name a repository, and a tag if you like.");
                }

                await call.UseAsync(to.Repository, async content =>
                {
                    using var export = call.Value(fromEngine) ? await EngineExport.OfAsync(call.Required(file), null, cancellationToken) : null;
                    using var image = await PackedImage.OpenAsync(export?.Path ?? call.Required(file), cancellationToken);
                    var uploaded = await PushAsync(call, content, image, to.Tag, cancellationToken);
                    var described = await DescribedAsync(content, image.Root, cancellationToken);
                    Tell(call, new(to.Repository.ToString(), image.Root.Digest.ToString(), to.Tag, uploaded), described);
                });
            });
    }

    private static async Task<int> PushAsync(
        Invocation call, RegistryContent content, PackedImage image, string? tag, CancellationToken cancellationToken)
    {
        var (bytes, manifest) = image.ReadManifest(image.Root);
        var uploaded = 0;
        foreach (var child in (manifest as ImageManifest.Several)?.Manifests ?? [])
        {
            var (childBytes, childManifest) = image.ReadManifest(child);
            uploaded += await PushBlobsAsync(call, content, image, childManifest, cancellationToken);
            await content.WriteManifestAsync(child.Digest.ToString(), childManifest.MediaType, childBytes, cancellationToken);
        }

        uploaded += await PushBlobsAsync(call, content, image, manifest, cancellationToken);
        await content.WriteManifestAsync(tag ?? image.Root.Digest.ToString(), manifest.MediaType, bytes, cancellationToken);
        return uploaded;
    }

    private static async Task<int> PushBlobsAsync(
        Invocation call, RegistryContent content, PackedImage image, ImageManifest manifest, CancellationToken cancellationToken)
    {
        var uploaded = 0;
        IEnumerable<Descriptor> blobs = manifest is ImageManifest.Single single ? [single.Config, .. single.Layers] : [];
        foreach (var blob in blobs.DistinctBy(b => b.Digest))
        {
            using var there = image.Open(blob.Digest) ?? throw new ImageException(
                ImageFault.ImageMalformed, $"The blob {blob.Digest} is not in the file.");
            if (await content.WriteBlobAsync(blob.Digest, blob.Size, () => image.Open(blob.Digest)!, cancellationToken))
            {
                call.Output.Say($"pushed {blob.Digest} ({blob.Size} bytes)");
                uploaded++;
            }
        }

        return uploaded;
    }

    /// <summary>Whether a node will know what it computes. An image for other machines than this one is not looked into.</summary>
    private static async Task<AlgorithmManifest?> DescribedAsync(
        RegistryContent content, Descriptor root, CancellationToken cancellationToken)
    {
        try
        {
            return (await ImageDescription.ReadAsync(content, root.Digest, ImagePlatform.OfThisMachine, cancellationToken)).Content.Describe();
        }
        catch (ImageException e) when (e.Fault is ImageFault.ImageUndescribed or ImageFault.ImagePlatformMissing)
        {
            return null;
        }
    }

    private static void Tell(Invocation call, PushedImage pushed, AlgorithmManifest? described)
    {
        call.Output.Result(pushed, CliJson.Default.PushedImage, pushed.Reference, text =>
        {
            text.WriteLine(pushed.Reference);
            text.WriteLine(described is null
                ? $"  no label {AlgorithmManifest.ImageLabel} for this machine's platform: nodes will not run it"
                : $"  {described.Name} {described.Version}: {string.Join(", ", described.Functions.Select(f => f.Name))}");
        });
        call.Output.Say($"Sign it: vantage algorithm sign {pushed.Reference} --key FILE");
    }
}

internal sealed record PushedImage(string Repository, string Digest, string? Tag, int Uploaded)
{
    public string Reference => $"oci:{Repository}@{Digest}";
}
