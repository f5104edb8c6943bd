using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Results;

namespace LevelCounting;

public sealed record LevelsArguments([property: ColumnNames] string Column);

public sealed record Levels(IReadOnlyDictionary<string, long> Counts, long Missing) : ITabular
{
    public IReadOnlyList<ResultTable> Tables() =>
        [new("levels", ["level", "n"], [.. Counts.Select(c => (object?[])[c.Key, c.Value])])];
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LevelsArguments))]
[JsonSerializable(typeof(Levels))]
public sealed partial class LevelCountJson : JsonSerializerContext;
