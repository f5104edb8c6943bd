using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Vantage.Cli.Demo;

/// <summary>The question and its answers as the Coordinator knows them: asked of its own interface, and of its own disk.</summary>
internal sealed record CoordinatorView(IReadOnlyList<string> Lines, int Sought, int Found, int Files, long Bytes)
{
    /// <param name="sought">Words that only those who hold a key may know.</param>
    public static CoordinatorView Of(JsonElement task, string folder, IReadOnlyCollection<string> sought)
    {
        var lines = new List<string>
        {
            $"task {Text(task, "id")}: {Text(task, "function")} of {Text(task, "algorithm").Split('+')[0]}, asked by {Text(task, "requester")}",
        };
        lines.AddRange(task.GetProperty("runs").EnumerateArray().Select(run =>
            $"{Text(run, "node")}: {Text(run, "outcome")}; ciphertext "
            + string.Join(", ", run.GetProperty("payloads").EnumerateArray().Select(p => $"{Text(p, "kind")} {p.GetProperty("size")} bytes"))));
        var needles = SearchValues.Create([.. sought], StringComparison.Ordinal);
        var (found, files, bytes) = (0, 0, 0L);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (Read(file) is not { } content)
            {
                continue;
            }

            files++;
            bytes += content.Length;
            found += content.AsSpan().ContainsAny(needles) ? 1 : 0;
        }

        return new(lines, sought.Count, found, files, bytes);
    }

    /// <summary>Null for what is no file, such as a socket, or went away meanwhile.</summary>
    private static string? Read(string file)
    {
        try
        {
            return Encoding.Latin1.GetString(File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.ToString() : "";
}
