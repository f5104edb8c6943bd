using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.NodeAgent.Runs.Storage;

namespace Vantage.NodeAgent.Images;

/// <summary>
/// What this node has seen, by key, in one file of its state. It is on the disk before it counts: what a power cut takes back
/// could be shown again as new. A file that can't be read is trouble and never an empty one. Not safe for several threads.
/// </summary>
/// <param name="path">Where.</param>
/// <param name="type">How it is written.</param>
/// <param name="unreadable">What is thrown then.</param>
internal sealed class SeenFile<T>(string path, JsonTypeInfo<Dictionary<string, T>> type, Func<Exception, Exception> unreadable)
{
    private Dictionary<string, T>? seen;

    public IReadOnlyDictionary<string, T> All => seen ??= Read();

    public void Set(IEnumerable<KeyValuePair<string, T>> changes)
    {
        var all = new Dictionary<string, T>(All);
        foreach (var (key, value) in changes)
            all[key] = value;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Durable.Replace(path, JsonSerializer.SerializeToUtf8Bytes(all, type));
        seen = all;
    }

    private Dictionary<string, T> Read()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), type) ?? [] : [];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw unreadable(e);
        }
    }
}
