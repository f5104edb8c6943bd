using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vantage.Protocol.Algorithms;

/// <summary>The JSON of the algorithm contract.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RunFile))]
[JsonSerializable(typeof(AlgorithmManifest))]
[JsonSerializable(typeof(AlgorithmCatalogue))]
[JsonSerializable(typeof(ProgressReport))]
[JsonSerializable(typeof(RunFailure))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(SubtaskRequest))]
[JsonSerializable(typeof(SubtaskAsked))]
[JsonSerializable(typeof(SubtaskState))]
[JsonSerializable(typeof(WarmCall))]
public sealed partial class AlgorithmsJson : JsonSerializerContext;
