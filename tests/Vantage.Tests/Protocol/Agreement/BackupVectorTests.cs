using System.Text;
using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Custody;
using Vantage.Protocol.Json;

namespace Vantage.Tests.Protocol.Agreement;

/// <summary>docs/protocol.md §19. The backups and what was released of them were made by the second implementation.</summary>
public sealed class BackupVectorTests
{
    private const string File = "backups.json";
    private static readonly IReadOnlyDictionary<string, JsonElement> Cases = Vectors.Cases(File);

    public static TheoryData<string> Names => Vectors.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Opens_or_is_refused_for_the_stated_reason(string name)
    {
        var vector = Cases[name];
        BackupContent? content = null;

        var reason = Vectors.ReasonOf(() => content = Open(vector));

        Assert.Equal(vector.Reason(), reason);
        if (content is null)
            return;
        foreach (var pem in content.Encryption.Append(content.Signing).Append(content.Root).OfType<string>())
            Assert.StartsWith("-----BEGIN PRIVATE KEY-----", pem, StringComparison.Ordinal);
        Assert.Equal(vector.GetProperty("expect").Text("content"), Digest.OfText(Spelled(content)).ToString());
    }

    private static BackupContent Open(JsonElement vector)
    {
        using var key = EncryptionKey.FromPem(vector.Text("key"));
        var released = vector.GetProperty("released").EnumerateArray()
            .Select(share => ExactJson.Read(Encoding.UTF8.GetBytes(share.GetRawText()), SignedJson.Default.ReleasedShare)).ToList();
        return KeyBackup.Open(KeyBackup.Verify(vector.Text("backup"), vector.Pinned()), released, key);
    }

    /// <summary>As Python's json spells it: what was encrypted.</summary>
    private static string Spelled(BackupContent content) => content.Root is { } root
        ? $$"""{"v": 1, "root": {{Quoted(root)}}}"""
        : $$"""{"v": 1, "signing": {{Quoted(content.Signing!)}}, "encryption": [{{string.Join(", ", content.Encryption.Select(Quoted))}}]}""";

    private static string Quoted(string pem) => $"\"{pem.Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
