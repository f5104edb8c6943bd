using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vantage.Cli.Programs;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Archives;
using Vantage.Protocol.Images.Signing;

namespace Vantage.Cli.Sandboxes.Images;

/// <summary>
/// The algorithms that the installed worker holds, each as an image: they share the layer with the worker and differ in
/// what they say that they are.
/// </summary>
/// <param name="Algorithm">What it says.</param>
/// <param name="Root">Its manifest.</param>
/// <param name="Id">What an engine calls it.</param>
internal sealed record WorkerImage(AlgorithmManifest Algorithm, Descriptor Root, Digest Id);

/// <summary>Makes them.</summary>
internal static class WorkerImages
{
    /// <param name="writer">Takes them.</param>
    /// <param name="worker">The worker's executable.</param>
    /// <param name="folder">For what is needed meanwhile.</param>
    /// <param name="time">Of their making.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<WorkerImage>> AddAsync(
        LayoutWriter writer, string worker, string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var held = await WorkerCatalogue.ReadAsync(worker, cancellationToken);
        var draft = Path.Combine(folder, "layer.tar");
        await using (var file = File.Create(draft))
        {
            await WorkerLayer.WriteAsync(worker, file, cancellationToken);
        }

        List<WorkerImage> images = [];
        await using (var layer = File.OpenRead(draft))
        {
            var content = new Descriptor(OciMedia.Layer, await Digest.OfAsync(layer, cancellationToken), layer.Length);
            layer.Position = 0;
            await writer.AddAsync(content.Digest, layer, cancellationToken);
            foreach (var algorithm in held.Algorithms.Select(entry => entry.Manifest))
            {
                var config = Config(algorithm, Path.GetFileName(worker), content.Digest, time);
                var id = await writer.AddAsync(config, cancellationToken);
                var manifest = SignatureArtefacts.SigManifest(config, [content]);
                images.Add(new(algorithm, new(OciMedia.Manifest, await writer.AddAsync(manifest, cancellationToken), manifest.Length), id));
            }
        }

        File.Delete(draft);
        return images;
    }

    /// <summary>When it was made stands in it, so that no two sandboxes have one image, which one of them would take away.</summary>
    private static byte[] Config(AlgorithmManifest algorithm, string program, Digest layer, TimeProvider time) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["created"] = time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ["architecture"] = ImagePlatform.OfThisMachine.Architecture,
        ["os"] = ImagePlatform.OfThisMachine.Os,
        ["config"] = new JsonObject
        {
            ["Entrypoint"] = new JsonArray(WorkerLayer.Worker + program, "as", algorithm.Name),
            // The root file system is read-only, and nobody debugs it there.
            ["Env"] = new JsonArray($"DOTNET_ROOT={WorkerLayer.DotNet}", "DOTNET_EnableDiagnostics=0"),
            ["User"] = "65532:65532",
            ["Labels"] = new JsonObject
            {
                [AlgorithmManifest.ImageLabel] = JsonSerializer.Serialize(algorithm, AlgorithmsJson.Default.AlgorithmManifest),
            },
        },
        ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(layer.ToString()) },
    }.ToJsonString());
}
