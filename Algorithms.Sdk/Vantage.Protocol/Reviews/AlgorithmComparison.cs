using System.Text.Json;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Reviews;

/// <summary>What changed between two versions of an algorithm, as far as they say it themselves. The code can differ in more.</summary>
public static class AlgorithmComparison
{
    public static IReadOnlyList<AlgorithmChange> Of(AlgorithmManifest before, AlgorithmManifest after) =>
    [
        .. Text("name", before.Name, after.Name, weighs: true),
        .. Text("version", before.Version, after.Version),
        .. Text("description", before.Description, after.Description),
        .. Text("warm", before.Warm is true ? "yes" : "no", after.Warm is true ? "yes" : "no", weighs: after.Warm is true),
        .. Functions(before.Functions, after.Functions),
    ];

    private static IEnumerable<AlgorithmChange> Functions(IReadOnlyList<FunctionManifest> before, IReadOnlyList<FunctionManifest> after)
    {
        foreach (var gone in before.Where(f => after.All(other => other.Name != f.Name)))
            yield return new(gone.Name, gone.Kind.ToExactName(), null, Weighs: false);
        foreach (var function in after)
        {
            if (before.FirstOrDefault(f => f.Name == function.Name) is not { } earlier)
            {
                yield return new(function.Name, null, function.Kind.ToExactName(), Weighs: true);
                continue;
            }

            foreach (var change in Function(earlier, function))
                yield return change with { Where = $"{function.Name}.{change.Where}" };
        }
    }

    private static IEnumerable<AlgorithmChange> Function(FunctionManifest before, FunctionManifest after) =>
    [
        .. Text("kind", before.Kind.ToExactName(), after.Kind.ToExactName(), weighs: true),
        .. Text("description", before.Description, after.Description),
        .. Json("arguments", before.Arguments, after.Arguments),
        .. Json("result", before.Result, after.Result),
        .. Data(before.Data, after.Data),
        .. Lists("egress", before.Egress ?? [], after.Egress ?? []),
    ];

    private static IEnumerable<AlgorithmChange> Data(IReadOnlyList<DataNeed> before, IReadOnlyList<DataNeed> after) =>
        Lists("data", [.. before.Select(Words)], [.. after.Select(Words)]);

    private static string Words(DataNeed need) => need.ColumnArguments is { Count: > 0 } columns
        ? $"{need.Name} (columns named by {string.Join(", ", columns)})"
        : $"{need.Name} (all columns that the site allows)";

    private static IEnumerable<AlgorithmChange> Lists(string where, IReadOnlyList<string> before, IReadOnlyList<string> after) =>
    [
        .. before.Except(after).Select(gone => new AlgorithmChange(where, gone, null, Weighs: false)),
        .. after.Except(before).Select(more => new AlgorithmChange(where, null, more, Weighs: true)),
    ];

    private static IEnumerable<AlgorithmChange> Json(string where, JsonElement? before, JsonElement? after)
    {
        var same = (before, after) switch
        {
            (null, null) => true,
            ({ } one, { } other) => JsonElement.DeepEquals(one, other),
            _ => false,
        };
        if (!same)
            yield return new(where, before?.GetRawText(), after?.GetRawText(), Weighs: true);
    }

    private static IEnumerable<AlgorithmChange> Text(string where, string before, string after, bool weighs = false)
    {
        if (before != after)
            yield return new(where, before, after, weighs);
    }
}
