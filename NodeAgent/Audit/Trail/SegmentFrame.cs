using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Audits.Trails;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Audit.Trail;

/// <summary>A record of a segment's file: its beginning, or entries that reached the disk together, with the head signed over them.</summary>
internal sealed record SegmentFrame(SegmentStart? Start = null, IReadOnlyList<TrailEntry>? Entries = null, AuditHead? Head = null);

/// <summary>Where a segment begins: enough to go on, and to be verified, without the ones before.</summary>
/// <param name="Chain">Which trail.</param>
/// <param name="Key">Who signs.</param>
/// <param name="Size">How many entries came before.</param>
/// <param name="Frontier">The full subtrees of these.</param>
internal sealed record SegmentStart(AuditChainId Chain, byte[] Key, long Size, IReadOnlyList<Digest> Frontier);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(UtcTimeJsonConverter), typeof(ExactBase64JsonConverter)])]
[JsonSerializable(typeof(SegmentFrame))]
internal sealed partial class SegmentJson : JsonSerializerContext;
