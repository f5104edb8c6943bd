using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.NodeAgent.Hosting;
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
    private readonly SeenFile<SeenSidecar> seen = new(PathIn(home), SeenSidecarsJson.Default.DictionaryStringSeenSidecar,
        e => new ImageException(ImageFault.ImageSidecarRolledBack, $"This node's record of sidecars ({PathIn(home)}) can't be read, so it can't"
            + " tell new from old. Its admin restores the file, or removes it and then looks at every sidecar anew.", e));

    /// <summary>Throws <see cref="ImageException"/> where this one is older, or another of the same number.</summary>
    public void Pass(VerifiedSidecar sidecar)
    {
        var (image, serial) = (sidecar.Document.Image, sidecar.Document.Serial);
        lock (gate)
        {
            var key = $"{image} {sidecar.By.Id}";
            switch (seen.All.GetValueOrDefault(key))
            {
                case { } before when serial < before.Serial:
                    throw RolledBack(image, $"it has serial {serial}, and this node has seen {before.Serial}");
                case { } before when serial == before.Serial && sidecar.Digest != before.Digest:
                    throw RolledBack(image, $"it has serial {serial}, which this node knows of another sidecar; a changed one counts up");
                case { } before when serial == before.Serial:
                    return;
            }

            seen.Set([new(key, new SeenSidecar(serial, sidecar.Digest))]);
        }
    }

    private static string PathIn(NodeHome home) => Path.Combine(home.State, "sidecars.json");

    private static ImageException RolledBack(Digest image, string why) => new(ImageFault.ImageSidecarRolledBack,
        $"The sidecar of {image} is not the newest: {why}. Its publisher pushes the newest again, or signs one with a higher serial.");
}

internal sealed record SeenSidecar(long Serial, Digest Digest);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Dictionary<string, SeenSidecar>))]
internal sealed partial class SeenSidecarsJson : JsonSerializerContext;
