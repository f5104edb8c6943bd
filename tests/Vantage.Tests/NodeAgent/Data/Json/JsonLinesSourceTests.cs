using System.Text.Json;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Json;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.NodeAgent.Data.Json;

public sealed class JsonLinesSourceTests : FileSourceConformance
{
    private readonly JsonLinesSettings settings;

    public JsonLinesSourceTests() => settings = new() { Id = "patients", Path = Path.Combine(Folder, "patients.jsonl") };

    /// <summary>A file without lines has no columns either, unless the source declares them.</summary>
    internal override IDataSource Table(int rows)
    {
        File.WriteAllLines(settings.Path, Enumerable.Range(1, rows).Select(i => i % 5 == 0
            ? $"{{\"id\": {i}, \"name\": {JsonSerializer.Serialize(Row(i)[1])}}}"
            : $"{{\"id\": {i}, \"name\": {JsonSerializer.Serialize(Row(i)[1])}, \"value\": {i}.5}}"));
        return new JsonLinesSource(rows > 0 ? settings : settings with
        {
            Types = new Dictionary<string, ColumnType> { ["id"] = ColumnType.Number, ["name"] = ColumnType.Text, ["value"] = ColumnType.Number },
        });
    }

    internal override IDataSource Absent() => new JsonLinesSource(settings with { Path = Path.Combine(Folder, "none.jsonl") });

    internal override IDataSource Wide(int columns) => Source($"{{{string.Join(", ", Enumerable.Range(0, columns).Select(i => $"\"c{i}\": {i}"))}}}");

    internal override (IDataSource Source, string Place)? WithNul() =>
        (Source("{\"id\": 1}", "{\"id\": 2, \"name\": \"SE\\u0000CRET\"}"), "patients.jsonl, line 2, column 'name'");

    internal override (IDataSource Source, string Place)? InTwoEncodings()
    {
        File.WriteAllBytes(settings.Path, [.. "{\"id\": 1}\n{\"id\": 2, \"name\": \"SE"u8, 0xEB, .. "CRET\"}\n"u8]);
        return (new JsonLinesSource(settings), "patients.jsonl, line 2: bytes that are not UTF-8");
    }

    internal override IDataSource Broken() => Source("{\"a\": 1}", "{\"a\": ");

    [Fact]
    public async Task WhatLooksLikeADate_StaysAsItStands()
    {
        var source = Source("{\"seen\": \"2024-03-01T12:30:00Z\", \"day\": \"01/02/2024\", \"code\": \"007\", \"ok\": true}");

        var snapshot = await ExtractAsync(source, ColumnChoice.All);

        Assert.Equal([["2024-03-01T12:30:00Z", "01/02/2024", "007", "1"]], ReadBack(snapshot).Rows);
        Assert.Equal([ColumnType.Text, ColumnType.Text, ColumnType.Text, ColumnType.Number], snapshot.Columns.Select(c => c.Type));
    }

    /// <summary>Digits of a number stay; digits in quotes are a text; what differs in size only is another name.</summary>
    [Fact]
    public async Task Cells_ComeOutAsTheyStand()
    {
        await File.WriteAllTextAsync(settings.Path, """
            {"id": 12345678901234567890.50, "Id": "1", "zip": "007", "ok": true, "w": -99.0, "note": "  \u65e5\"x "}
            {"note": "NA", "ok": false, "zip": "", "id": null, "w": 70.5}
            """.Insert(0, "\uFEFF"), Cancellation);

        var snapshot = await ExtractAsync(new JsonLinesSource(settings with { Missing = ["NA", "-99"] }), ColumnChoice.All);

        Assert.Equal(["id", "Id", "zip", "ok", "w", "note"], snapshot.Columns.Select(c => c.Name));
        Assert.Equal([["12345678901234567890.50", "1", "007", "1", "", "  日\"x "], ["", "", "", "0", "70.5", "NA"]], ReadBack(snapshot).Rows);
        Assert.Equal([ColumnType.Number, ColumnType.Text, ColumnType.Text, ColumnType.Number, ColumnType.Number, ColumnType.Text], snapshot.Columns.Select(c => c.Type));
        Assert.Equal(["NA", "-99"], snapshot.Options!.Missing);
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
        { "{\"a\": 1, \"a\": \"SECRET\"}\n", "patients.jsonl, line 1: a name twice in one structure" },
        { "{\"a\": \"SE\\ud800CRET\"}\n", "patients.jsonl, line 1, column 'a': half a character" },
        { "{\"a\": 1}\n{\"a\\u0000\": 1}\n", "patients.jsonl, line 2: a name that is none" },
        { "{\"a\": 1}\n{\"\": 1}\n", "patients.jsonl, line 2: a name that is none" },
        { "{\"a\": \"SEC\0RET\"}\n", "patients.jsonl, line 1: a NUL character" },
        { "{\0\"\0a\0\"\0", "patients.jsonl, line 1: zeros between the letters, as UTF-16 has them" },
    };

    [Theory]
    [MemberData(nameof(BadLines))]
    public async Task ABadLine_IsRefusedByItsPlace(string text, string expected)
    {
        await File.WriteAllTextAsync(settings.Path, text, Cancellation);

        var refusal = await RefusalAsync(new JsonLinesSource(settings), ColumnChoice.All);

        Assert.Equal(RunCodes.DataInvalid, refusal.Code);
        Assert.Contains($"source 'patients' (patients.jsonl): {expected}", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", refusal.Message, StringComparison.Ordinal);
    }

    private JsonLinesSource Source(params string[] lines)
    {
        File.WriteAllLines(settings.Path, lines);
        return new JsonLinesSource(settings);
    }
}
