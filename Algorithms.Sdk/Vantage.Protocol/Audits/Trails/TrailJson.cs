using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Audits.Trails;

/// <summary>An exported trail's lines and heads as JSON in their one spelling: what would be written otherwise is refused.</summary>
public static class TrailJson
{
    /// <summary>Readable by people: only what JSON itself demands is escaped.</summary>
    private static readonly JsonSerializerOptions Options = new(SignedJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = SignedJson.Default.WithAddedModifier(LetNullableBeAbsent),
    };

    private static readonly JsonTypeInfo<TrailLine> Line = (JsonTypeInfo<TrailLine>)Options.GetTypeInfo(typeof(TrailLine));
    private static readonly JsonTypeInfo<AuditHead> Head = (JsonTypeInfo<AuditHead>)Options.GetTypeInfo(typeof(AuditHead));

    public static byte[] Write(TrailLine line) => JsonSerializer.SerializeToUtf8Bytes(line, Line);

    public static byte[] Write(AuditHead head) => JsonSerializer.SerializeToUtf8Bytes(head, Head);

    /// <summary>Throws <see cref="JsonException"/>.</summary>
    public static TrailLine ReadLine(ReadOnlySpan<byte> json)
    {
        var line = ExactJson.Read(json, Line);
        return json.SequenceEqual(Write(line)) ? line : throw new JsonException("It is not spelled as a trail's lines are.");
    }

    /// <summary>Throws <see cref="JsonException"/>.</summary>
    public static AuditHead ReadHead(ReadOnlySpan<byte> json)
    {
        var head = ExactJson.Read(json, Head);
        return json.SequenceEqual(Write(head)) ? head : throw new JsonException("It is not spelled as heads are.");
    }

    /// <summary>The generator takes every parameter of a record for required; what may be null is left out instead.</summary>
    private static void LetNullableBeAbsent(JsonTypeInfo info)
    {
        foreach (var member in info.Properties.Where(member => member.AssociatedParameter is { IsNullable: true }))
            member.IsRequired = false;
    }
}
