using System.Text.Json;

namespace Vantage.Protocol.Algorithms;

/// <summary>Reads what code says of itself, wherever that is written down.</summary>
public static class AlgorithmLabel
{
    /// <summary>Throws <see cref="FormatException"/> saying, as the end of a sentence, why the text is no such thing.</summary>
    public static AlgorithmManifest Read(string text)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(text, AlgorithmsJson.Default.AlgorithmManifest) ?? throw new FormatException("it says 'null'");
            return manifest switch
            {
                { V: not AlgorithmManifest.CurrentVersion } => throw new FormatException(
                    $"it is of version {manifest.V}, and {AlgorithmManifest.CurrentVersion} is understood"),
                { Functions: [] } => throw new FormatException("it names no function"),
                _ when manifest.Functions.DistinctBy(f => f.Name).Count() < manifest.Functions.Count => throw new FormatException("it names a function twice"),
                _ => manifest,
            };
        }
        catch (JsonException e)
        {
            throw new FormatException($"it is not an algorithm's manifest ({e.Message})", e);
        }
    }
}
