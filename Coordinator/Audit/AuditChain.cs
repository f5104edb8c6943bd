using System.Security.Cryptography;
using System.Text.Json;
using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Audit;

/// <summary>
/// How entries hang together: each hash covers the entry and the hash before, so that leaving out, changing or inserting
/// one breaks every later one. The hashed text is a JSON array without white space (docs/coordinator-admin.md).
/// </summary>
internal static class AuditChain
{
    public static readonly byte[] Beginning = new byte[SHA256.HashSizeInBytes];

    public static byte[] Next(byte[] before, AuditEntry entry)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue(Convert.ToHexStringLower(before));
            json.WriteNumberValue(entry.Sequence);
            json.WriteNumberValue(entry.At.ToUnixTimeMilliseconds());
            json.WriteStringValue(entry.Actor);
            json.WriteStringValue(entry.Action);
            json.WriteStringValue(entry.Subject);
            json.WriteStringValue(entry.Collaboration?.ToString() ?? "");
            json.WriteStringValue(entry.Organization?.ToString() ?? "");
            json.WriteEndArray();
        }

        return SHA256.HashData(buffer.ToArray());
    }
}
