using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Statistics.Summaries;

namespace Vantage.Statistics;

/// <summary>The JSON of the library's arguments and results.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SummaryArguments))]
[JsonSerializable(typeof(SummaryPartial))]
[JsonSerializable(typeof(SummaryResult))]
public sealed partial class StatisticsJson : JsonSerializerContext;
