using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Algorithms.Functions;

namespace Vantage.TestWorker;

public sealed record NoArguments;

public sealed record OneColumn([property: ColumnNames] string Column);

public sealed record EchoArguments(
    string Text, double? Number = null, bool? Flag = null, long? Whole = null, IReadOnlyList<string>? List = null);

public sealed record SayArguments(IReadOnlyList<string> Lines, int Percent = 50);

public sealed record LargeArguments(int Bytes);

public sealed record BoomArguments(string Text);

public sealed record Moments(long N, double Sum, long Missing);

public sealed record Mean(long N, [property: JsonPropertyName("mean")] double Value, long Missing);

public sealed record LevelCounts(IReadOnlyDictionary<string, long> Counts, long Missing);

public sealed record NumberCells(IReadOnlyList<double?> Cells);

public sealed record TextCells(IReadOnlyList<string?> Cells);

public sealed record Said(string Site);

public sealed record Large(string Text);

public sealed record OneNumber(double Number);

public sealed record Calls(long Number);

public sealed record Way(string Proxy);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NoArguments))]
[JsonSerializable(typeof(OneColumn))]
[JsonSerializable(typeof(EchoArguments))]
[JsonSerializable(typeof(SayArguments))]
[JsonSerializable(typeof(LargeArguments))]
[JsonSerializable(typeof(BoomArguments))]
[JsonSerializable(typeof(Moments))]
[JsonSerializable(typeof(Mean))]
[JsonSerializable(typeof(LevelCounts))]
[JsonSerializable(typeof(NumberCells))]
[JsonSerializable(typeof(TextCells))]
[JsonSerializable(typeof(Said))]
[JsonSerializable(typeof(Large))]
[JsonSerializable(typeof(OneNumber))]
[JsonSerializable(typeof(Calls))]
[JsonSerializable(typeof(Way))]
public sealed partial class ConformanceJson : JsonSerializerContext;
