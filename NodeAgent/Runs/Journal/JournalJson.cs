using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vantage.NodeAgent.Runs.Journal;

/// <summary>JSON of what the node writes down for itself.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(JournalRecord))]
internal sealed partial class JournalJson : JsonSerializerContext;
