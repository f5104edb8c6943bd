using System.Text.Json;
using Vantage.Protocol.Algorithms;

namespace Vantage.Protocol.Images;

/// <summary>The part of an image's config that is read here: for which machine it is, and what it says of itself.</summary>
public sealed record ImageConfig(ImagePlatform Platform, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>What it is started with, as <c>NAME=VALUE</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>What is started: the entry point and, after it, the command.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>A config with many labels and a long history stays far below.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private const string What = "the image's config";

    /// <summary>Throws <see cref="ImageException"/>.</summary>
    public static ImageConfig Read(ReadOnlyMemory<byte> bytes) => StrictJson.Read(bytes, What, root =>
    {
        root.RequireExactNames(What, "os", "architecture", "config", "rootfs");
        var settings = root.Find("config");
        settings?.RequireExactNames(What, "Labels", "Env", "Entrypoint", "Cmd");
        return new ImageConfig(new(root.NeedText(What, "os"), root.NeedText(What, "architecture")),
            settings?.Texts(What, "Labels") ?? new Dictionary<string, string>())
        {
            Environment = Words(settings, "Env"),
            Command = [.. Words(settings, "Entrypoint"), .. Words(settings, "Cmd")],
        };
    });

    /// <summary>What the image says that it computes. Throws <see cref="ImageException"/> where it says nothing usable.</summary>
    public AlgorithmManifest Describe()
    {
        if (!Labels.TryGetValue(AlgorithmManifest.ImageLabel, out var label))
        {
            throw Undescribed("there is no such label. Build the image with it, as docs/algorithm-author.md shows");
        }

        try
        {
            return AlgorithmLabel.Read(label);
        }
        catch (FormatException e)
        {
            throw Undescribed(e.Message, e);
        }
    }

    private static List<string> Words(JsonElement? settings, string name) =>
        [.. settings?.Find(name)?.EnumerateArray().Select(word => word.GetString() ?? "") ?? []];

    private static ImageException Undescribed(string why, Exception? inner = null) => new(ImageFault.ImageUndescribed,
        $"The image does not say what it computes, in its label {AlgorithmManifest.ImageLabel}: {why}.", inner);
}
