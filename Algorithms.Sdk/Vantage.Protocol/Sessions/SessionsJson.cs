using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vantage.Protocol.Sessions;

/// <summary>The JSON of sessions. Unknown and doubled members are refused: a step that is half understood is another step.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    AllowOutOfOrderMetadataProperties = true,
    MaxDepth = 16,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PrepareArguments))]
[JsonSerializable(typeof(IReadOnlyList<FrameStep>))]
[JsonSerializable(typeof(ListArguments))]
[JsonSerializable(typeof(EndArguments))]
[JsonSerializable(typeof(FrameReport))]
[JsonSerializable(typeof(SessionReport))]
[JsonSerializable(typeof(SessionEnded))]
public sealed partial class SessionsJson : JsonSerializerContext;
