using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vantage.Protocol.Calls;

/// <summary>The JSON of calls. What was signed is read strictly, and what answers it too: an answer that is half understood is another.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CallBatch))]
[JsonSerializable(typeof(CallAnswers))]
public sealed partial class CallsJson : JsonSerializerContext;
