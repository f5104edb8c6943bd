using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Sidecars;

namespace Vantage.NodeAgent.Images;

/// <summary>
/// The newest sidecar that this node has seen of each image, by who signed it: a registry can show an older one, well
/// signed as it is, to bring back what its publisher took back.
/// </summary>
internal sealed class SidecarSerials(NodeHome home)
{
    private readonly Lock gate = new();
    private Dictionary<string, SeenSidecar>? seen;

    private string Path => System.IO.Path.Combine(home.State, "sidecars.json");

    /// <summary>Throws <see cref="ImageException"/> where this one is older, or another of the same number.</summary>
    public void Pass(VerifiedSidecar sidecar)
    {
        var (image, serial) = (sidecar.Document.Image, sidecar.Document.Serial);
        lock (gate)
        {
            var all = seen ??= Read();
            var key = $"{image} {sidecar.By.Id}";
            switch (all.GetValueOrDefault(key))
            {
                case { } before when serial < before.Serial:
                    throw RolledBack(image, $"it has serial {serial}, and this node has seen {before.Serial}");
                case { } before when serial == before.Serial && sidecar.Digest != before.Digest:
                    throw RolledBack(image, $"it has serial {serial}, which this node knows of another sidecar; a changed one counts up");
                case { } before when serial == before.Serial:
                    return;
            }

            all[key] = new SeenSidecar(serial, sidecar.Digest);
            Write(all);
        }
    }

    private Dictionary<string, SeenSidecar> Read()
    {
        try
        {
            return File.Exists(Path) ? JsonSerializer.Deserialize(File.ReadAllBytes(Path), SeenSidecarsJson.Default.DictionaryStringSeenSidecar) ?? [] : [];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ImageException(ImageFault.ImageSidecarRolledBack, $"This node's record of sidecars ({Path}) can't be read, so it can't"
                + " tell new from old. Its admin restores the file, or removes it and then looks at every sidecar anew.", e);
        }
    }

    private void Write(Dictionary<string, SeenSidecar> all)
    {
        Directory.CreateDirectory(home.State);
        // On the disk before it counts: a serial that a power cut takes back would let an older sidecar pass again.
        Durable.Replace(Path, JsonSerializer.SerializeToUtf8Bytes(all, SeenSidecarsJson.Default.DictionaryStringSeenSidecar));
    }

    private static ImageException RolledBack(Digest image, string why) => new(ImageFault.ImageSidecarRolledBack,
        $"The sidecar of {image} is not the newest: {why}. Its publisher pushes the newest again, or signs one with a higher serial.");
}

internal sealed record SeenSidecar(long Serial, Digest Digest);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Dictionary<string, SeenSidecar>))]
internal sealed partial class SeenSidecarsJson : JsonSerializerContext;
