using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Protocol.Hub;

namespace Vantage.NodeAgent.Runs.Journal;

/// <summary>JSON of what the node writes down for itself.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(JournalRecord))]
[JsonSerializable(typeof(ClaimedRun))]
internal sealed partial class JournalJson : JsonSerializerContext;
