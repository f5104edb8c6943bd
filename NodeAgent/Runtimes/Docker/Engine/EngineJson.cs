using System.Text.Json.Serialization;

namespace Vantage.NodeAgent.Runtimes.Docker.Engine;

/// <summary>The Engine API's JSON. Its names begin with capitals, except in complaints and in what a pull says.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EngineInfo))]
[JsonSerializable(typeof(EngineImage))]
[JsonSerializable(typeof(ContainerSpec))]
[JsonSerializable(typeof(Created))]
[JsonSerializable(typeof(ContainerState))]
[JsonSerializable(typeof(Waited))]
[JsonSerializable(typeof(List<Listed>))]
[JsonSerializable(typeof(Volume))]
[JsonSerializable(typeof(VolumeList))]
[JsonSerializable(typeof(VolumeSpec))]
[JsonSerializable(typeof(Dictionary<string, IReadOnlyList<string>>))]
internal sealed partial class EngineJson : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EngineComplaint))]
[JsonSerializable(typeof(PullLine))]
[JsonSerializable(typeof(LoadLine))]
[JsonSerializable(typeof(RegistryLogin))]
internal sealed partial class EngineLowerJson : JsonSerializerContext;
