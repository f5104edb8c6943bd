using System.Text.Json;

namespace Vantage.Tests.Protocol;

/// <summary>Finds tests/vectors from wherever the test runs.</summary>
internal static class Vectors
{
    public static string Root { get; } = Find();

    public static string PathOf(string name) => Path.Combine(Root, name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    public static string Text(string name) => File.ReadAllText(PathOf(name)).TrimEnd('\n');

    public static JsonElement Json(string name)
    {
        using var document = JsonDocument.Parse(Bytes(name));
        return document.RootElement.Clone();
    }

    public static byte[] Hex(this JsonElement element, string member) =>
        Convert.FromHexString(element.GetProperty(member).GetString()!);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var vectors = Path.Combine(folder.FullName, "tests", "vectors");
            if (Directory.Exists(vectors))
                return vectors;
        }

        throw new DirectoryNotFoundException("tests/vectors was not found above " + AppContext.BaseDirectory);
    }
}
