using System.Text.Json;
using System.Text.RegularExpressions;
using Vantage.NodeAgent.Runs;

namespace Vantage.Tests.NodeAgent.Analysis;

/// <summary>
/// What the node itself says of frames passes no filter, for it holds nothing to filter: the asker's own words, columns' names and types,
/// digests, times, and a count in the policy's steps. Whatever the data are.
/// </summary>
public sealed partial class SessionOutputTests : IAsyncDisposable
{
    private const string Steps = """{"frame":"mine","steps":[{"do":"filter","where":"age > 3"},{"do":"derive","column":"kind","as":"ifelse(age > 12, \"b\", \"a\")"},{"do":"encode","column":"kind","levels":["a"]}]}""";
    private static readonly string[] Known = ["study", "mine", "age", "name", "kind_a", "number", "text"];

    private readonly AnalysisBench bench = new() { Session = "study" };

    [Theory]
    [InlineData("disclosure: acro", 20)]
    // Fewer rows may be computed on here than may be told of.
    [InlineData("disclosure: acro\n    minimumRows: 1", 20)]
    [InlineData("disclosure: datashield", 21)]
    [InlineData("disclosure: { rounding: 5, minimumCell: 2 }", 20)]
    public async Task WhatIsSaidOfFrames_HoldsNamesTypesAndARoundedCount_AndNoCell(string disclosure, int rows)
    {
        bench.WritePolicy($"{disclosure}\n    sessions: allow");
        var told = new List<string>();
        foreach (var (function, arguments) in new[] { ("prepare", Steps), ("list", "{}"), ("end", "{}") })
        {
            var end = await bench.RunAsync("sessions", function, arguments);
            told.Add(await File.ReadAllTextAsync(Assert.IsType<RunEnd.Succeeded>(end).OutputPath, TestContext.Current.CancellationToken));
            Directory.Delete(bench.WorkDirectory, recursive: true);
        }

        var leaves = told.SelectMany(text => Leaves(JsonElement.Parse(text))).ToList();
        Assert.All(leaves.Where(leaf => leaf.ValueKind == JsonValueKind.String).Select(leaf => leaf.GetString()!),
            text => Assert.True(Known.Contains(text) || Digest().IsMatch(text) || DateTimeOffset.TryParse(text, out _), text));
        Assert.All(leaves.Where(leaf => leaf.ValueKind == JsonValueKind.Number), leaf => Assert.Equal(rows, leaf.GetInt64()));
        Assert.DoesNotContain("secret", string.Concat(told), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    private static IEnumerable<JsonElement> Leaves(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Leaves(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Leaves),
        _ => [value],
    };

    [GeneratedRegex("^sha256:[0-9a-f]{64}$")]
    private static partial Regex Digest();
}
