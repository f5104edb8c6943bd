using System.Text.Json;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Fhir;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.NodeAgent.Data.Fhir;

public sealed class FhirSourceTests : FileSourceConformance
{
    private const string Weight = """
        {"resourceType": "Observation", "id": "o1", "status": "final", "subject": {"reference": "Patient/1"},
         "code": {"coding": [{"system": "http://snomed.info/sct", "code": "27113001"}, {"system": "http://loinc.org", "code": "29463-7"}]},
         "valueQuantity": {"value": 70.50, "unit": "kg"}, "effectiveDateTime": "2024-03-01"}
        """;

    private const string Smoker = """
        {"resourceType": "Observation", "id": "o2", "status": "final", "subject": {"reference": "Patient/2"},
         "code": {"coding": [{"system": "http://loinc.org", "code": "72166-2"}]}, "valueBoolean": true}
        """;

    private readonly string path;

    public FhirSourceTests() => path = Path.Combine(Folder, "Observation.ndjson");

    internal override IDataSource Table(int rows)
    {
        File.WriteAllLines(path, Enumerable.Range(1, rows).Select(i => i % 5 == 0
            ? $"{{\"resourceType\": \"Basic\", \"id\": {i}, \"text\": {{\"div\": {JsonSerializer.Serialize(Row(i)[1])}}}}}"
            : $"{{\"resourceType\": \"Basic\", \"id\": {i}, \"text\": {{\"div\": {JsonSerializer.Serialize(Row(i)[1])}}}, \"value\": [{{\"v\": {i}.5}}]}}"));
        return Source(new Dictionary<string, ColumnType> { ["name"] = ColumnType.Text }, ("id", "id"), ("name", "text.div"), ("value", "value[0].v"));
    }

    internal override IDataSource Absent() => new FhirSource(Settings(("id", "id")) with { Path = Path.Combine(Folder, "none.ndjson") });

    internal override IDataSource Wide(int columns)
    {
        Write($"{{\"resourceType\": \"Basic\", {string.Join(", ", Enumerable.Range(0, columns).Select(i => $"\"c{i}\": {i}"))}}}");
        return Source(null, [.. Enumerable.Range(0, columns).Select(i => ($"c{i}", $"c{i}"))]);
    }

    internal override (IDataSource Source, string Place)? WithNul()
    {
        Write("{\"resourceType\": \"Basic\"}\n{\"resourceType\": \"Basic\", \"name\": \"SE\\u0000CRET\"}\n");
        return (Source(null, ("name", "name")), "Observation.ndjson, line 2, column 'name' (name)");
    }

    internal override (IDataSource Source, string Place)? InTwoEncodings()
    {
        File.WriteAllBytes(path, [.. "{\"resourceType\": \"Patient\"}\n{\"resourceType\": \"Patient\", \"id\": \"SE"u8, 0xEB, .. "CRET\"}\n"u8]);
        return (Source(null, ("id", "id")), "Observation.ndjson, line 2: bytes that are not UTF-8");
    }

    internal override IDataSource Broken()
    {
        Write("{\"resourceType\": \"Patient\"}\n{\"resourceType\": \"Pat");
        return Source(null, ("id", "id"));
    }

    [Fact]
    public async Task Paths_FindWhatStandsThere_AndWhatIsNotThereIsMissing()
    {
        Write($"\uFEFF{OneLine(Weight)}\r\n\n{OneLine(Smoker)}");

        var snapshot = await ExtractAsync(Source(null, ("patient", "subject.reference"), ("loinc", "code.coding[system=http://loinc.org].code"),
            ("first", "code.coding[0].code"), ("second", "code.coding[1].code"), ("kg", "valueQuantity.value"), ("smokes", "valueBoolean")), ColumnChoice.All);

        Assert.Equal(
        [
            ["Patient/1", "29463-7", "27113001", "29463-7", "70.50", ""],
            ["Patient/2", "72166-2", "72166-2", "", "", "1"],
        ], ReadBack(snapshot).Rows);
        Assert.Equal([ColumnType.Text, ColumnType.Text, ColumnType.Text, ColumnType.Text, ColumnType.Number, ColumnType.Number],
            snapshot.Columns.Select(c => c.Type));
    }

    public static TheoryData<string, string, string> BadResources => new()
    {
        { "a list without a choice", "code.coding.code", "line 2, column 'x' (code.coding.code): a list stands before 'code'" },
        { "a list at the end", "code.coding", "line 2, column 'x' (code.coding): a list stands there" },
        { "a structure", "subject", "line 2, column 'x' (subject): a structure stands there" },
        { "a choice of what is no list", "subject[0].reference", "'subject' is no list" },
        { "two that fit", "twice[a=b].c", "more than one item of 'twice' fits [a=b]" },
        { "a field of a number", "number.value", "no structure stands before 'value'" },
        { "half a character", "half", "half a character of Unicode" },
    };

    [Theory]
    [MemberData(nameof(BadResources))]
    public async Task WhatIsNotOneThing_IsRefusedByLineAndPath(string name, string declared, string expected)
    {
        Write("""{"resourceType": "Observation"}""" + "\n" + OneLine("""
            {"resourceType": "Observation", "subject": {"reference": "SECRET"}, "code": {"coding": [{"code": "SECRET"}]}, "number": 7,
             "twice": [{"a": "b", "c": "SECRET"}, {"a": "b"}], "half": "SECRET\ud800"}
            """) + "\n");

        var refusal = await RefusalAsync(Source(null, ("x", declared)), ColumnChoice.All);

        Assert.Equal(RunCodes.DataInvalid, refusal.Code);
        Assert.Contains("source 'labs' (Observation.ndjson): Observation.ndjson, line 2", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.False(refusal.Message.Contains("SECRET", StringComparison.Ordinal), name);
    }

    public static TheoryData<string, string> BadLines => new()
    {
        { "{\"resourceType\": \"Patient\"}\n{\"id\": \"SECRET\"}\n", "line 2: no FHIR resource" },
        { "{\"resourceType\": \"Patient\"}\n[\"SECRET\"]\n", "line 2: no FHIR resource" },
        { "{\"resourceType\": \"Patient\"}\n{\"resourceType\": \"SECRET\"}\n", "line 2: another kind of resource than Patient" },
        { "{\"resourceType\": \"Patient\", \"id\": \"SECRET\", \"id\": 2}\n", "line 1: a name twice in one structure" },
        { "{\"resourceType\": \"Patient\"}\n\n{\"resourceType\": \"Patient\", \"id\": \"SECRET", "line 3: no JSON from its byte" },
    };

    [Theory]
    [MemberData(nameof(BadLines))]
    public async Task ABadLine_IsRefusedByItsPlace(string text, string expected)
    {
        Write(text);

        var refusal = await RefusalAsync(Source(null, ("id", "id")), ColumnChoice.All);

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeveralFiles_AreOneTable_AndAFaultIsToldByItsFile()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "a.ndjson"), "{\"resourceType\": \"Patient\", \"id\": 1}", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(Folder, "b.ndjson"), "{\"resourceType\": \"Patient\", \"id\": 2}\n{\"resourceType\": \"Patient\", \"id\": 3}\n", Cancellation);
        var all = Settings(("id", "id")) with { Path = Path.Combine(Folder, "*.ndjson") };

        var snapshot = await ExtractAsync(new FhirSource(all), ColumnChoice.All);
        Assert.Equal([["1"], ["2"], ["3"]], ReadBack(snapshot).Rows);
        File.Delete(snapshot.Path);
        await File.AppendAllTextAsync(Path.Combine(Folder, "b.ndjson"), "{", Cancellation);

        Assert.Contains("b.ndjson, line 3: no JSON", (await RefusalAsync(new FhirSource(all), ColumnChoice.All)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("a.")]
    [InlineData("a[")]
    [InlineData("a[x]")]
    [InlineData("a[=b]")]
    [InlineData("a[0]b")]
    [InlineData("a.where(x)")]
    public void WhatIsNoPath_IsNone(string text) => Assert.Null(FhirPath.Parse(text));

    private static string OneLine(string json) => json.ReplaceLineEndings(" ");

    private void Write(string text) => File.WriteAllText(path, text);

    private FhirSource Source(IReadOnlyDictionary<string, ColumnType>? types, params (string Column, string Path)[] paths) =>
        new(Settings(paths) with { Types = types ?? new Dictionary<string, ColumnType>() });

    private FhirSettings Settings(params (string Column, string Path)[] paths) =>
        new() { Id = "labs", Path = path, Paths = paths.ToDictionary(p => p.Column, p => FhirPath.Parse(p.Path)!) };
}
