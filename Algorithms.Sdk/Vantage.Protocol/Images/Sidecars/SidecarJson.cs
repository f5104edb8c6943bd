using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vantage.Protocol.Images.Sidecars;

/// <summary>The JSON of sidecars: as of all that is signed, unknown and doubled members are refused.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    WriteIndented = true)]
[JsonSerializable(typeof(Sidecar))]
public sealed partial class SidecarJson : JsonSerializerContext;
