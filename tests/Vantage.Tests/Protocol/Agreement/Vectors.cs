using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Identities;

namespace Vantage.Tests.Protocol.Agreement;

/// <summary>Finds tests/vectors from wherever the test runs.</summary>
internal static class Vectors
{
    public static string Root { get; } = Find();

    public static string PathOf(string name) => Path.Combine(Root, name);

    public static JsonElement Json(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(PathOf(name)));
        return document.RootElement.Clone();
    }

    /// <summary>The cases of a file, by name.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Cases(string name) =>
        Json(name).GetProperty("cases").EnumerateArray().ToDictionary(c => c.Text("name"));

    /// <summary>The names of a file's cases, as a theory's data.</summary>
    public static TheoryData<string> Names(string name) => [.. Cases(name).Keys];

    public static string Text(this JsonElement element, string member) => element.GetProperty(member).GetString()!;

    public static byte[] Hex(this JsonElement element, string member) => Convert.FromHexString(element.Text(member));

    public static DateTimeOffset At(this JsonElement vector) => vector.GetProperty("at").GetDateTimeOffset();

    /// <summary>The reason code of an invalid vector.</summary>
    public static string? Reason(this JsonElement vector) =>
        vector.TryGetProperty("reason", out var reason) ? reason.GetString() : null;

    public static ITrust Pinned(this JsonElement vector) => new PinnedRoots(
        vector.GetProperty("pinned").EnumerateArray().Select(der => PinnedRoot.Of(Certificate.Parse(der.GetBytesFromBase64()))));

    public static EncryptionKey Key(this JsonElement vector) =>
        EncryptionKey.FromPem(Json("keys.json").Text(vector.Text("key")));

    /// <summary>The reason code that reading gives, or null if it succeeds.</summary>
    public static string? ReasonOf(Action reading)
    {
        try
        {
            reading();
            return null;
        }
        catch (TrustException e)
        {
            return e.Code;
        }
        catch (EnvelopeException e)
        {
            return e.Code;
        }
    }

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
