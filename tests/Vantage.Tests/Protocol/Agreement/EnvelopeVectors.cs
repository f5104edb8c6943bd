using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Streaming;

namespace Vantage.Tests.Protocol.Agreement;

/// <summary>Builds the envelopes that vectors describe, and edits them.</summary>
internal static class EnvelopeVectors
{
    public static byte[] Build(JsonElement envelope)
    {
        if (envelope.TryGetProperty("hex", out var hex))
            return Convert.FromHexString(hex.GetString()!);
        var plaintext = Plaintext(envelope.GetProperty("plaintext"));
        var header = envelope.Hex("bodyHeader");
        var payloadKey = new byte[32];
        PayloadKey.Derive(envelope.Hex("fileKey"), payloadKey);
        using var cipher = SegmentCipher.ForOpening(payloadKey, Context(envelope.GetProperty("context")).ToBytes(), header);
        var built = new List<byte>([.. envelope.Hex("header"), .. header]);
        var sizes = envelope.TryGetProperty("segments", out var segments)
            ? [.. segments.EnumerateArray().Select(s => s.GetInt32())]
            : Canonical(plaintext.Length);
        for (var (i, offset) = (0, 0); i < sizes.Count; offset += sizes[i++])
        {
            var segment = new byte[sizes[i] + StreamingAead.TagSize];
            cipher.Seal(plaintext.AsSpan(offset, sizes[i]), segment, last: i == sizes.Count - 1);
            built.AddRange(segment);
        }

        return [.. built];
    }

    public static byte[] Edited(JsonElement vector)
    {
        var bytes = Build(vector.GetProperty("envelope")).ToList();
        if (!vector.TryGetProperty("edits", out var edits))
            return [.. bytes];
        foreach (var edit in edits.EnumerateArray().SelectMany(e => e.EnumerateObject()))
            Apply(bytes, edit.Name, edit.Value);
        return [.. bytes];
    }

    /// <summary>Hexadecimal, or a pattern and a length.</summary>
    public static byte[] Plaintext(JsonElement described)
    {
        if (described.ValueKind == JsonValueKind.String)
            return Convert.FromHexString(described.GetString()!);
        var pattern = described.Hex("repeat");
        var bytes = new byte[described.GetProperty("length").GetInt32()];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = pattern[i % pattern.Length];
        return bytes;
    }

    public static EnvelopeContext Context(JsonElement context) => new(
        Id.Parse<CollaborationId>(context.Text("collaboration")),
        Id.Parse<TaskId>(context.Text("task")),
        Id.Parse<RunId>(context.Text("run")),
        Enum.Parse<PayloadKind>(context.Text("kind"), ignoreCase: true),
        context.TryGetProperty("epoch", out var epoch) ? epoch.GetInt64() : 0,
        context.TryGetProperty("node", out var node) ? KeyId.Parse(node.GetString()!) : null);

    private static List<int> Canonical(int length)
    {
        var sizes = new List<int>();
        var capacity = StreamingAead.SegmentSize - StreamingAead.HeaderSize - StreamingAead.TagSize;
        for (; length > capacity; capacity = StreamingAead.SegmentSize - StreamingAead.TagSize)
        {
            sizes.Add(capacity);
            length -= capacity;
        }

        return [.. sizes, length];
    }

    private static void Apply(List<byte> bytes, string verb, JsonElement how)
    {
        switch (verb)
        {
            case "flip":
                bytes[how.GetInt32() / 8] ^= (byte)(1 << (how.GetInt32() % 8));
                break;
            case "truncate":
                bytes.RemoveRange(how.GetInt32(), bytes.Count - how.GetInt32());
                break;
            case "append":
                bytes.AddRange(Convert.FromHexString(how.GetString()!));
                break;
            case "remove":
                bytes.RemoveRange(how[0].GetInt32(), how[1].GetInt32());
                break;
            case "put":
                var put = Convert.FromHexString(how[1].GetString()!);
                bytes.RemoveRange(how[0].GetInt32(), put.Length);
                bytes.InsertRange(how[0].GetInt32(), put);
                break;
            case "swap":
                var (a, b, length) = (how[0].GetInt32(), how[1].GetInt32(), how[2].GetInt32());
                for (var i = 0; i < length; i++)
                    (bytes[a + i], bytes[b + i]) = (bytes[b + i], bytes[a + i]);
                break;
            default:
                throw new InvalidOperationException($"Unknown edit '{verb}'.");
        }
    }
}
