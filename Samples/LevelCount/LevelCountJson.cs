using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Results;
using Vantage.Protocol.Disclosure;

namespace LevelCounting;

public sealed record LevelsArguments([property: ColumnNames] string Column);

public sealed record Levels(
    [property: Discloses(DisclosureKind.Count)] IReadOnlyDictionary<string, long> Counts,
    [property: Discloses(DisclosureKind.Blurred)] long Missing) : ITabular
{
    public IReadOnlyList<ResultTable> Tables() =>
        [new("levels", ["level", "n"], [.. Counts.Select(c => (object?[])[c.Key, c.Value])])];
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LevelsArguments))]
[JsonSerializable(typeof(Levels))]
public sealed partial class LevelCountJson : JsonSerializerContext;
