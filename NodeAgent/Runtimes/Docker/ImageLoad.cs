using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Vantage.NodeAgent.Runtimes.Docker.Engine;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;

namespace Vantage.NodeAgent.Runtimes.Docker;

/// <summary>
/// Hands images to the engine in the form that <c>docker load</c> takes: every engine knows it, and finds by itself
/// whether each layer is what the config says. It goes as a stream, and lies nowhere in between.
/// </summary>
/// <param name="engine">Where to.</param>
/// <param name="open">The bytes of a layer.</param>
internal sealed class ImageLoad(EngineClient engine, Func<Digest, Stream> open)
{
    /// <summary>Those that the engine did not have yet.</summary>
    public async Task<IReadOnlyList<LoadedImage>> LoadAsync(IReadOnlyList<LoadedImage> images, CancellationToken cancellationToken)
    {
        var missing = new List<LoadedImage>();
        foreach (var image in images)
        {
            if (await engine.FindImageAsync(image.Id.ToString(), cancellationToken) is null)
            {
                missing.Add(image);
            }
        }

        if (missing.Count == 0)
        {
            return missing;
        }

        using var content = new LoadContent(missing, open);
        await engine.LoadAsync(content, cancellationToken);
        foreach (var image in missing)
        {
            if (await engine.FindImageAsync(image.Id.ToString(), cancellationToken) is null)
            {
                throw new EngineException(null, $"The engine at {engine.Socket} took {image.Name} and calls it otherwise than by its config ({image.Id}),"
                    + " as engines with containerd's image store do. Let it pull the image from a registry instead.");
            }
        }

        return missing;
    }

    private static byte[] Manifest(IEnumerable<LoadedImage> images) => Encoding.UTF8.GetBytes(new JsonArray([.. images.Select(image => new JsonObject
    {
        ["Config"] = NameOf(image),
        ["RepoTags"] = new JsonArray(JsonValue.Create(image.Name)),
        ["Layers"] = new JsonArray([.. image.Layers.Select(layer => JsonValue.Create(NameOf(layer)))]),
    })]).ToJsonString());

    private static string NameOf(LoadedImage image) => image.Id.ToHex() + ".json";

    private static string NameOf(Descriptor layer) => layer.Digest.ToHex() + "/layer.tar";

    private sealed class LoadContent(IReadOnlyList<LoadedImage> images, Func<Digest, Stream> open) : HttpContent
    {
        private const int Block = 512;

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var image in images)
            {
                await WriteAsync(stream, NameOf(image), new MemoryStream(image.Config.ToArray()), image.Config.Length);
            }

            foreach (var layer in images.SelectMany(image => image.Layers).DistinctBy(layer => layer.Digest))
            {
                await using var blob = open(layer.Digest);
                await WriteAsync(stream, NameOf(layer), blob, layer.Size);
            }

            var manifest = Manifest(images);
            await WriteAsync(stream, "manifest.json", new MemoryStream(manifest), manifest.Length);
            await stream.WriteAsync(new byte[2 * Block]);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        /// <summary>The framework's writer wants streams that can be rewound, on one side at least.</summary>
        private static async Task WriteAsync(Stream to, string name, Stream content, long size)
        {
            await to.WriteAsync(Header(name, size));
            await content.CopyToAsync(to);
            await to.WriteAsync(new byte[(Block - (size % Block)) % Block]);
        }

        private static byte[] Header(string name, long size)
        {
            var header = new byte[Block];
            Put(0, name);
            Put(100, "0000644\0");
            Put(108, "0000000\0");
            Put(116, "0000000\0");
            Put(124, size < 1L << 33 ? Octal(size, 11) + " " : throw new IOException("A layer of 8 GiB and more can't be handed over."));
            Put(136, Octal(0, 11) + " ");
            Put(148, "        ");
            Put(156, "0");
            Put(257, "ustar\000");
            Put(148, Octal(header.Sum(b => b), 6) + "\0 ");
            return header;

            void Put(int at, string text) => Encoding.ASCII.GetBytes(text, header.AsSpan(at));
        }

        private static string Octal(long value, int digits) => Convert.ToString(value, 8).PadLeft(digits, '0');
    }
}

/// <param name="Config">By its digest engines name the image.</param>
/// <param name="Layers">As the manifest lists them.</param>
/// <param name="Name">What people see in the engine's list; without a name it would be swept by 'docker image prune'.</param>
internal sealed record LoadedImage(ReadOnlyMemory<byte> Config, IReadOnlyList<Descriptor> Layers, string Name)
{
    public Digest Id { get; } = Digest.Of(Config.Span);
}
