using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vantage.Client.Asking;

/// <summary>JSON of answers, and of what is kept of a question.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AskedQuestion))]
[JsonSerializable(typeof(Answer<JsonElement?>))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class AskingJson : JsonSerializerContext;
