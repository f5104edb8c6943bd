using System.Text.Json;
using Vantage.NodeAgent.Data.Desk;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.Protocol.Errors;
using Vantage.Tests.Architecture;
using Vantage.Tests.NodeAgent.Data.Excel;
using Vantage.Tests.NodeAgent.Policy;

namespace Vantage.Tests.NodeAgent.Data.Desk;

/// <summary><c>vantage node data</c>: sources are declared, checked and described by command.</summary>
public sealed class DataVerbTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-data-");

    public DataVerbTests() => File.WriteAllText(Settings, "# ours\ncoordinator: 'http://127.0.0.1:1/'\n");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task AnAddedSource_IsDescribed_AndTheRestOfTheFileStays()
    {
        Write("p.csv", "zip,x\n" + string.Concat(Enumerable.Range(0, 123).Select(i => $"{i},{i}\n")));

        var (code, _) = await RunAsync("data", "add", "patients", "--path", "p.csv", "--text", "zip");
        var (_, described) = await RunAsync("data", "describe", "patients", "--json");

        Assert.Equal(ExitCodes.Ok, code);
        Assert.StartsWith("# ours\ncoordinator:", await File.ReadAllTextAsync(Settings, Cancellation), StringComparison.Ordinal);
        var source = JsonDocument.Parse(described).RootElement[0];
        Assert.Equal((120, true, 1), (source.GetProperty("rows").GetInt32(), source.GetProperty("isRounded").GetBoolean(), source.GetProperty("version").GetInt32()));
        Assert.Equal(["zip text", "x number"], source.GetProperty("columns").EnumerateArray().Select(c => $"{c.GetProperty("name")} {c.GetProperty("type")}"));
        Assert.StartsWith("sha256:", source.GetProperty("digest").GetString(), StringComparison.Ordinal);
        Assert.Contains("123 rows", (await RunAsync("data", "describe", "--exact")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RowsAreRounded_AsThePolicyLetsCountsBeTold()
    {
        Write("p.csv", "x\n" + string.Concat(Enumerable.Range(0, 123).Select(i => $"{i}\n")));
        Write("policy.yaml", PolicyReaderTests.Minimal + "\n    disclosure: { minimumCell: 25 }\n");
        await RunAsync("data", "add", "patients", "--path", "p.csv");

        var (_, described) = await RunAsync("data", "describe", "patients", "--json");

        Assert.Equal(125, JsonDocument.Parse(described).RootElement[0].GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task WhatAFileWasFoundToBe_IsDeclared()
    {
        Write("p.csv", "born;seen;x\n24.12.1960;1/2/2024;1,5\n01.02.1990;3/4/2024;2,25\n");

        var (unclear, why) = await RunAsync("data", "add", "p", "--path", "p.csv");
        var (code, output) = await RunAsync("data", "add", "p", "--path", "p.csv", "--date", "seen=dd/mm/yyyy");

        Assert.Equal((ExitCodes.Failed, ExitCodes.Ok), (unclear, code));
        Assert.Contains("column 'seen': dates of which none tells", why, StringComparison.Ordinal);
        Assert.EndsWith("""
              - id: 'p'
                path: 'p.csv'
                dates:
                  'seen': 'dd/mm/yyyy'
                  'born': 'dd.mm.yyyy'
                delimiter: ';'
                decimal: ','

            """.ReplaceLineEndings("\n"), await File.ReadAllTextAsync(Settings, Cancellation), StringComparison.Ordinal);
        Assert.Contains("delimiter: ';'", output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, (await RunAsync("data", "check", "p")).Code);
    }

    /// <summary>As a hospital's program exports: a title, semicolons, windows-1252, decimal commas, German dates, empty columns at the end.</summary>
    [Fact]
    public async Task AMessyExport_IsFoundToBeWhatItIs()
    {
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "p.csv"), System.Text.Encoding.Latin1.GetBytes(
            "Auswertung, Stand 01.02.2024;;;;\r\n\r\nNr.;geb.;Größe (cm);Befund;\r\n1;24.12.1960;180,5;\"links; ok\";\r\n2;13.7.1990;165;;\r\n"), Cancellation);

        var (code, output) = await RunAsync("data", "add", "p", "--path", "p.csv");

        Assert.Equal(ExitCodes.Ok, code);
        Assert.Contains("2 rows, 5 columns", output, StringComparison.Ordinal);
        Assert.EndsWith("""
              - id: 'p'
                path: 'p.csv'
                dates:
                  'geb.': 'dd.mm.yyyy'
                encoding: 'windows-1252'
                skip: 2
                delimiter: ';'
                decimal: ','

            """.ReplaceLineEndings("\n"), await File.ReadAllTextAsync(Settings, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AColumnWithoutAName_IsToldByTheNameThatItGets()
    {
        Write("p.csv", "id,x,\n1,2,\n3,4,\n");
        Write("q.csv", "id,column2,column3\n1,2,3\n");

        var (_, added) = await RunAsync("data", "add", "p", "--path", "p.csv");
        var (_, named) = await RunAsync("data", "add", "q", "--path", "q.csv");
        var (code, looked) = await RunAsync("data", "check", "p");
        var (_, json) = await RunAsync("data", "check", "p", "--json");

        Assert.Equal(ExitCodes.Ok, code);
        Assert.All([added, looked], said => Assert.Contains(
            "warn p: one column has no name in the header, and by its place it is called 'column3': tasks and policies name it so.", said, StringComparison.Ordinal));
        Assert.DoesNotContain("no name", named, StringComparison.Ordinal);
        Assert.Equal("column3", Assert.Single(JsonDocument.Parse(json).RootElement[0].GetProperty("unnamed").EnumerateArray()).GetString());
    }

    /// <summary>A row that has too few cells is no title.</summary>
    [Fact]
    public async Task ARaggedTable_IsNotTakenForATitleAndATable()
    {
        Write("p.csv", "a,b\n1\n2,3\n4,5\n");

        Assert.Contains("(p.csv), line 2: 1 cell where 2 cells are expected", (await RunAsync("data", "add", "p", "--path", "p.csv")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWorkbooksSheets_AreNamed_AndItsTitleIsFound()
    {
        ExcelFile.Write(Path.Combine(folder.FullName, "v.xlsx"), ["Visits, as of February"], [], ["id", "weight"], [1, 70.5]);

        var (code, output) = await RunAsync("data", "add", "v", "--path", "v.xlsx");
        var (two, which) = await RunAsync("data", "add", "w", "--path", Checkout.PathOf("tests/Vantage.Tests/NodeAgent/Data/Excel/written-by-openpyxl.xlsx"));

        Assert.Equal((ExitCodes.Ok, ExitCodes.Failed), (code, two));
        Assert.Contains("skip: 2", output, StringComparison.Ordinal);
        Assert.Contains("Say which (--sheet): 'Visits', 'Other'", which, StringComparison.Ordinal);
    }

    /// <summary>It is understood before anybody is asked; here nobody answers.</summary>
    [Fact]
    public async Task ACdm_IsAddedByAFileOfWhatItsTableIs()
    {
        Write("omop.yaml", "schema: cdm   # 5.4\ncohort: { table: condition, concepts: [201820] }\ncolumns:\n  - { name: hba1c, table: measurement, concepts: [3004410], days: [-365, 0], value: last }\n");
        Write("bad.yaml", "schema: cdm\ncolumns:\n  - { name: hba1c, table: lab }\n");
        string[] source = ["data", "add", "cdm", "--host", folder.FullName, "--database", "cdm", "--user", "reader", "--omop"];

        var (unreachable, why) = await RunAsync([.. source, Path.Combine(folder.FullName, "omop.yaml")]);
        var (wrong, _) = await RunAsync([.. source, Path.Combine(folder.FullName, "bad.yaml")]);

        Assert.Equal((ExitCodes.Failed, ExitCodes.Usage), (unreachable, wrong));
        Assert.Contains("source 'cdm' (PostgreSQL, OMOP CDM): the database can't be reached", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APasswordOfSystemd_IsDeclaredByItsName()
    {
        var (code, output) = await RunAsync("data", "add", "labs", "--odbc", "Driver=MariaDB Unicode;Server=db.example.org;UID=reader", "--credential", "labs", "--table", "results");

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains("source 'labs' (ODBC, results): its password is to come from systemd", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABulkExport_IsAddedByItsPaths()
    {
        Write("o.ndjson", "{\"resourceType\": \"Observation\", \"subject\": {\"reference\": \"Patient/1\"}, \"code\": {\"coding\": [{\"system\": \"http://loinc.org\", \"code\": \"1-8\"}]}}\n");

        var (code, output) = await RunAsync("data", "add", "o", "--path", "o.ndjson", "--format", "fhir",
            "--paths", "patient=subject.reference,loinc=code.coding[system=http://loinc.org].code");

        Assert.Equal(ExitCodes.Ok, code);
        Assert.Contains("1 rows, 2 columns", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherContent_IsANewVersion_AndTheSameIsNot()
    {
        Write("p.csv", "x\n1\n");
        await RunAsync("data", "add", "p", "--path", "p.csv");

        Write("p.csv", "x\n2\n");
        var second = (await RunAsync("data", "check")).Output;
        var again = (await RunAsync("data", "check")).Output;

        Assert.Contains("version 2 since", second, StringComparison.Ordinal);
        Assert.Equal(second, again);
    }

    [Fact]
    public async Task ABadSource_IsNotAdded()
    {
        Write("p.csv", "a,b\n1\n");
        var before = await File.ReadAllTextAsync(Settings, Cancellation);

        var (code, output) = await RunAsync("data", "add", "p", "--path", "p.csv");

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains("(p.csv), line 2: 1 cell where 2 cells are expected", output, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(Settings, Cancellation));
        Assert.Empty(Directory.EnumerateFiles(folder.FullName, "snapshot", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task EachRefusal_HasItsExitCode()
    {
        Write("p.csv", "x\n1\n");

        Assert.Equal(ExitCodes.NotFound, (await RunAsync("data", "check")).Code);
        await RunAsync("data", "add", "p", "--path", "p.csv");
        Assert.Equal(ExitCodes.Conflict, (await RunAsync("data", "add", "p", "--path", "p.csv")).Code);
        Assert.Equal(ExitCodes.Usage, (await RunAsync("data", "add", "q")).Code);
        Assert.Equal(ExitCodes.Usage, (await RunAsync("data", "add", "q", "--path", "q.csv", "--format", "feather")).Code);
        Assert.Equal(ExitCodes.NotFound, (await RunAsync("data", "describe", "q")).Code);
        Write("p.csv", "x,\"\n");
        Assert.Equal(ExitCodes.Failed, (await RunAsync("data", "check", "p")).Code);
    }

    [Fact]
    public async Task ASlip_IsWarnedOf()
    {
        Write("p.csv", "x\n1\n2\noops\n");
        await RunAsync("data", "add", "p", "--path", "p.csv");

        Assert.Contains("warn p: column 'x' holds text: the first cell that is not a number is in p.csv, line 4", (await RunAsync("data", "check")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADictionary_IsHeldAgainstASource_AndNoSmallNumberIsTold()
    {
        Write("d.json", """
            { "name": "d", "version": "1", "fields": [
              { "name": "age", "type": "integer", "constraints": { "maximum": 120 } }, { "name": "sex", "constraints": { "enum": ["f", "m"], "required": true } }, { "name": "bmi", "type": "number" } ] }
            """);
        Write("p.csv", "age,s\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{(i < 3 ? 777 : i % 90)},{(i < 40 ? 9 : 1)}\n")));
        File.AppendAllText(Settings, "sources:\n  - id: p\n    path: p.csv\n    dictionary: { file: d.json, variables: { sex: { column: s, levels: { 1: f } } } }\n");

        var (code, output) = await RunAsync("data", "check", "--dictionary", "d@1");
        var (_, json) = await RunAsync("data", "check", "p", "--dictionary", Path.Combine(folder.FullName, "d.json"), "--json");
        var (read, problem) = await RunAsync("data", "check");

        Assert.Equal((ExitCodes.Failed, ExitCodes.Failed), (code, read));
        Assert.Contains("ok   age  column 'age'; 0 % missing; not taken: fewer than 10 by range", output, StringComparison.Ordinal);
        Assert.Contains("FAIL sex  column 's'; expected one of f, m, found values that are none of its levels; 20 % missing; not taken: about 40 by level", output, StringComparison.Ordinal);
        Assert.Contains("-    bmi  column 'bmi'; expected a number, found", output, StringComparison.Ordinal);
        Assert.DoesNotContain("777", output + json, StringComparison.Ordinal);
        Assert.Equal(["ok", "mismatch", "missing"], JsonDocument.Parse(json).RootElement[0].GetProperty("variables").EnumerateArray().Select(v => v.GetProperty("status").GetString()!));
        Assert.Contains("variable 'sex' (column 's'): expected one of f, m (d@1), found", problem, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.NotFound, (await RunAsync("data", "check", "--dictionary", "d@2")).Code);
    }

    [Fact]
    public async Task AMapping_IsBegunByNames_Completed_AndTriedBeforeItStandsInTheSettings()
    {
        Write("d.json", """
            { "name": "d", "version": "1", "fields": [
              { "name": "age", "type": "integer", "title": "Age\nat admission", "constraints": { "required": true } },
              { "name": "bmi_kg", "type": "number" }, { "name": "lactate", "type": "number" }, { "name": "absent", "type": "number" } ] }
            """);
        Write("p.csv", "AGE,BMI-kg,lactat,absent,o'x\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},{i},{i},{i},{i}\n")));
        await RunAsync("data", "add", "p", "--path", "p.csv");
        var (dictionary, file) = (Path.Combine(folder.FullName, "d.json"), Path.Combine(folder.FullName, "m.yaml"));

        var (code, output) = await RunAsync("data", "map", "p", "--dictionary", dictionary, "--out", file);
        var begun = await File.ReadAllTextAsync(file, Cancellation);
        Write("m.yaml", begun.Replace("'lactate': absent", "'lactate': lactat", StringComparison.Ordinal));
        var tried = await RunAsync("data", "check", "p", "--dictionary", dictionary, "--mapping", file);

        Assert.Equal(ExitCodes.Ok, code);
        Assert.Contains("3 of 4 variables of d@1 have a column of their name; 2 columns are left over.", output, StringComparison.Ordinal);
        Assert.EndsWith("""
            # Columns that nothing is made of: lactat, o'x
            variables:
              # Age at admission: a whole number; required
              'age': 'AGE'
              # a number
              'bmi_kg': 'BMI-kg'
              # a number
              'lactate': absent   # is it lactat?
              # a number
              'absent': { column: 'absent' }

            """.ReplaceLineEndings("\n"), begun, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, tried.Code);
        Assert.Contains("ok   p: 4 of 4 variables of d@1", tried.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Conflict, (await RunAsync("data", "map", "p", "--dictionary", dictionary, "--out", file)).Code);
        Write("m.yaml", "variables: { agee: AGE }\n");
        Assert.Equal(ExitCodes.Configuration, (await RunAsync("data", "check", "p", "--dictionary", dictionary, "--mapping", file)).Code);
        Assert.Equal(ExitCodes.Usage, (await RunAsync("data", "check", "p", "--mapping", file)).Code);
    }

    [Theory]
    [InlineData("a: 1\n", "a: 1\n\nsources:\n  - id: x\n    path: y\n")]
    [InlineData("sources: []\na: 1\n", "sources:\n  - id: x\n    path: y\na: 1\n")]
    [InlineData("sources:\n- id: o\n  path: p\n\n# next\na: 1\n", "sources:\n- id: o\n  path: p\n- id: x\n  path: y\n\n# next\na: 1\n")]
    [InlineData("sources:\n    - id: o   # ours\n      path: p\n", "sources:\n    - id: o   # ours\n      path: p\n    - id: x\n      path: y\n")]
    [InlineData("sources: [{ id: o, path: p }]\n", null)]
    public void TheFile_IsAddedToAsAPersonWould(string before, string? after) => Assert.Equal(after, SourceEdit.Append(before, "- id: x\n  path: y\n"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Settings => Path.Combine(folder.FullName, "node.yaml");

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder.FullName, name), text);

    private async Task<(int Code, string Output)> RunAsync(params string[] words)
    {
        using var output = new StringWriter();
        var code = await VerbLine.RunAsync(NodeVerbs.All, [.. words, "--dir", folder.FullName], output, TextWriter.Null, Cancellation);
        return (code, output.ToString());
    }
}
