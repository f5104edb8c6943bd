using System.Text.Json.Serialization;
using Vantage.Protocol.Audits.Heads;

namespace Vantage.NodeAgent.Audit.Showing;

/// <summary>JSON of what the audit verbs print.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AuditHead))]
internal sealed partial class TrailVerbJson : JsonSerializerContext;
