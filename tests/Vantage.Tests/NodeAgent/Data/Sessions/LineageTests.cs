using Vantage.NodeAgent.Data.Sessions.Planning;

namespace Vantage.Tests.NodeAgent.Data.Sessions;

/// <summary>What a column is said to come from is all that it depends on: what was not named may change as it likes.</summary>
public sealed class LineageTests : IDisposable
{
    private static readonly string[] Columns = ["a", "b", "c", "d", "k"];

    private readonly FrameBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("""[{"do":"derive","column":"x","as":"a + b"},{"do":"select","columns":["x"]}]""", "a b", "")]
    [InlineData("""[{"do":"filter","where":"c > 10"},{"do":"select","columns":["a"]}]""", "a", "c")]
    [InlineData("""[{"do":"derive","column":"x","as":"a"},{"do":"derive","column":"x","as":"x * 2 + 0 * b"},{"do":"filter","where":"x > 4 | is.na(d)"},{"do":"select","columns":["x"]}]""", "a b", "a b d")]
    [InlineData("""[{"do":"aggregate","by":["k"],"values":[{"column":"x","of":"sum","from":"a"}]},{"do":"select","columns":["x"]}]""", "a k", "k")]
    [InlineData("""[{"do":"impute","columns":["b"],"by":"mean"},{"do":"scale","column":"b"},{"do":"select","columns":["b"]}]""", "b", "")]
    [InlineData("""[{"do":"join","with":"other","on":["k"],"take":["z"]},{"do":"select","columns":["z"]}]""", "k other.k other.z", "")]
    [InlineData("""[{"do":"join","with":"other","on":["k"],"take":["z"],"rows":"matched"},{"do":"select","columns":["a"]}]""", "a", "k other.k")]
    [InlineData("""[{"do":"encode","column":"k","levels":[1]},{"do":"recode","column":"k_1","values":[{"from":1,"to":"yes"}],"others":"missing"},{"do":"select","columns":["k_1"]}]""", "k", "")]
    public async Task WhatIsNotNamed_ChangesNothing(string steps, string from, string rows)
    {
        var others = await bench.InputAsync("other", "k,z\n1,10\n2,20\n3,30\n");
        var before = await bench.InputAsync("table", Rows(_ => 0));
        var plan = FrameBench.Plan(steps, before, others);
        var shape = plan.Shape;
        var named = shape.Columns[0].From.Union(shape.Rows).Where(o => o.Source == "table").Select(o => o.Column).ToHashSet(StringComparer.Ordinal);
        // Every column that is not named holds something else.
        var after = await bench.InputAsync("table", Rows(column => named.Contains(column) ? 0 : 7));

        Assert.Equal(Words(from), shape.Columns[0].From.Select(Word).Order(StringComparer.Ordinal));
        Assert.Equal(Words(rows), shape.Rows.Select(Word).Order(StringComparer.Ordinal));
        Assert.Equal(bench.Make(plan, [before, others]), bench.Make(FrameBench.Plan(steps, after, others), [after, others]));
    }

    private static string Rows(Func<string, int> shift) => string.Join(',', Columns) + "\n"
        + string.Concat(Enumerable.Range(1, 12).Select(row => string.Join(',', Columns.Select((column, i) =>
            column == "k" ? 1 + ((row + shift(column)) % 3) : (row * (i + 1)) + shift(column))) + "\n"));

    private static string Word(Origin origin) => origin.Source == "table" ? origin.Column : $"{origin.Source}.{origin.Column}";

    private static string[] Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
}
