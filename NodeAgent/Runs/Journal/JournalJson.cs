using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vantage.NodeAgent.Runs.Journal;

/// <summary>
/// JSON of what the node writes down for itself. What is null is left out, and so a parameter that is missing is no
/// damage: that is what the journal's checksums are for.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(JournalRecord))]
internal sealed partial class JournalJson : JsonSerializerContext;
