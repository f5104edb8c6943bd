using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Algorithms.Functions;

namespace Vantage.TestWorker;

public sealed record BlobArguments(long Seed, long Bytes);

public sealed record TextArguments(string Text);

public sealed record LinesArguments(IReadOnlyList<string> Lines);

/// <param name="Percent">What to report before sleeping.</param>
public sealed record SleepArguments(int Percent = 1);

public sealed record ColumnArguments([property: ColumnNames] string Column);

/// <param name="File">Gets one line for each time that the function is run.</param>
/// <param name="Hold">While this file exists, the function waits.</param>
/// <param name="Padding">Makes the arguments as long as a test wants them.</param>
public sealed record WitnessArguments(string File, long Seed, long Bytes, string? Hold = null, string? Padding = null);

public sealed record Done(int Lines);

public sealed record Levels(IReadOnlyDictionary<string, long> Counts, long Missing);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    PropertyNameCaseInsensitive = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BlobArguments))]
[JsonSerializable(typeof(TextArguments))]
[JsonSerializable(typeof(LinesArguments))]
[JsonSerializable(typeof(SleepArguments))]
[JsonSerializable(typeof(ColumnArguments))]
[JsonSerializable(typeof(WitnessArguments))]
[JsonSerializable(typeof(Done))]
[JsonSerializable(typeof(Levels))]
public sealed partial class TestingJson : JsonSerializerContext;
