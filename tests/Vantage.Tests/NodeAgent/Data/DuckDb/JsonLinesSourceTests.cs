using System.Text.Json;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.DuckDb;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.NodeAgent.Data.DuckDb;

public sealed class JsonLinesSourceTests : FileSourceConformance
{
    private readonly DuckFileSettings settings;

    public JsonLinesSourceTests() => settings = new() { Id = "patients", Path = Path.Combine(Folder, "patients.jsonl"), Format = DuckFormat.JsonLines };

    /// <summary>A file without lines has no columns either, unless the source declares them.</summary>
    internal override IDataSource Table(int rows)
    {
        File.WriteAllLines(settings.Path, Enumerable.Range(1, rows).Select(i => i % 5 == 0
            ? $"{{\"id\": {i}, \"name\": {JsonSerializer.Serialize(Row(i)[1])}}}"
            : $"{{\"id\": {i}, \"name\": {JsonSerializer.Serialize(Row(i)[1])}, \"value\": {i}.5}}"));
        return new DuckFileSource(rows > 0 ? settings : settings with
        {
            Types = new Dictionary<string, ColumnType> { ["id"] = ColumnType.Number, ["name"] = ColumnType.Text, ["value"] = ColumnType.Number },
        });
    }

    internal override IDataSource Absent() => new DuckFileSource(settings with { Path = Path.Combine(Folder, "none.jsonl") });

    internal override IDataSource Broken() => Source("{\"a\": 1}", "{\"a\": ");

    [Fact]
    public async Task WhatLooksLikeADate_StaysAsItStands()
    {
        var source = Source("{\"seen\": \"2024-03-01T12:30:00Z\", \"day\": \"01/02/2024\", \"code\": \"007\", \"ok\": true}");

        var snapshot = await ExtractAsync(source, ColumnChoice.All);

        Assert.Equal([["2024-03-01T12:30:00Z", "01/02/2024", "007", "1"]], ReadBack(snapshot).Rows);
        Assert.Equal([ColumnType.Text, ColumnType.Text, ColumnType.Text, ColumnType.Number], snapshot.Columns.Select(c => c.Type));
    }

    [Fact]
    public async Task AColumnThatAppearsLate_IsAColumn()
    {
        var lines = Enumerable.Range(0, 30_000).Select(i => $"{{\"a\": {i}}}").Append("{\"b\": \"x\", \"a\": \"not known\"}").ToArray();

        var snapshot = await ExtractAsync(Source(lines), ColumnChoice.All);

        Assert.Equal(["a", "b"], snapshot.Columns.Select(c => c.Name));
        Assert.Equal(["not known", "x"], ReadBack(snapshot).Rows[^1]);
    }

    [Fact]
    public async Task WhatIsNested_IsNoCell()
    {
        var source = Source("{\"id\": 1, \"codes\": [1, 2], \"name\": {\"family\": \"x\"}}");

        Assert.Equal(["id"], (await ExtractAsync(source, ColumnChoice.All)).Columns.Select(c => c.Name));
        Assert.Contains("column 'codes': it holds lists", (await RefusalAsync(source, new(["codes"], null))).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> BadLines => new()
    {
        { "{\"a\": 1}\n{\"a\": \"SECRET\n", "patients.jsonl, line 2: no JSON from its byte" },
        { "{\"a\": 1}\n\n[\"SECRET\"]\n", "patients.jsonl, line 3: JSON, but no object" },
        { "{\"a\": 1}\n{\"a\": \"SECRET\"} x\n", "patients.jsonl, line 2: no JSON from its byte" },
        { "", "there are no lines, and the source's 'types' declare no columns" },
        { "a,b\n1,SECRET\n", "patients.jsonl, line 1: no JSON from its byte" },
    };

    [Theory]
    [MemberData(nameof(BadLines))]
    public async Task ABadLine_IsRefusedByItsPlace(string text, string expected)
    {
        await File.WriteAllTextAsync(settings.Path, text, Cancellation);

        var refusal = await RefusalAsync(new DuckFileSource(settings), ColumnChoice.All);

        Assert.Equal(RunCodes.DataInvalid, refusal.Code);
        Assert.Contains($"source 'patients' (patients.jsonl): {expected}", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", refusal.Message, StringComparison.Ordinal);
    }

    private DuckFileSource Source(params string[] lines)
    {
        File.WriteAllLines(settings.Path, lines);
        return new DuckFileSource(settings);
    }
}
