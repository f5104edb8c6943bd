using System.Text;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Reading;
using Vantage.NodeAgent.Hosting.Yaml;

namespace Vantage.Tests.NodeAgent.Data.Dictionaries;

/// <summary>Mappings with slips in them: what can be seen without the data is told by its line, the rest by variable before a run starts.</summary>
public sealed class HostileMappingTests : IDisposable
{
    private const string Schema = """
        { "name": "d", "version": "1", "fields": [
          { "name": "age", "type": "integer", "constraints": { "maximum": 120 } },
          { "name": "sex", "categories": ["f", "m"] },
          { "name": "stage", "type": "integer", "categories": [1, 2] },
          { "name": "died", "type": "boolean" },
          { "name": "temp", "type": "number", "unit": "Cel" },
          { "name": "seen", "type": "datetime" },
          { "name": "born", "type": "date" },
          { "name": "case", "constraints": { "pattern": "[A-Z]{1,2000}" } },
          { "name": "bmi", "type": "number" } ] }
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-map-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("sex: { levels: { 1: male, 2: f } }", "'male' is no value of 'sex', which is one of f, m in the dictionary.")]
    [InlineData("stage: { levels: { I: 1, II: 3 } }", "'3' is no value of 'stage', which is one of 1, 2")]
    [InlineData("age: { levels: { old: many } }", "'many' is no value of 'age', which is a whole number")]
    [InlineData("died: { levels: { ja: maybe } }", "'maybe' is no value of 'died', which is true or false")]
    [InlineData("sex: { levels: { '': m } }", "What is empty is missing already.")]
    [InlineData("temp: { unit: '[degF]', offset: 5 }", "'offset' goes with 'factor'")]
    [InlineData("born: { format: TT.MM.JJJJ }", "such as dd.mm.yyyy")]
    [InlineData("born: { format: '%Q' }", "such as dd.mm.yyyy")]
    [InlineData("age: { format: dd.mm.yyyy }", "'format' is how the site writes a date or time")]
    [InlineData("age: a\n  age: b", "uplicate key")]
    [InlineData("age: [a, b]", "'sources[0].dictionary.variables.age' is a single value.")]
    [InlineData("bmi: { as: 'kg / (cm / 100)^2', levels: { 1: 2 } }", "'as' stands alone")]
    public void WhatCanBeSeenWithoutTheData_IsToldByItsLine(string line, string told) =>
        Assert.Contains(told, Problems($"variables:\n  {line}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("temp: { as: 'fever + 1' }", "temp", "found no column 'fever' in the data. The node's admin names the column")]
    [InlineData("bmi: { as: 'bmi + temp' }", "bmi", "found no column 'bmi', 'temp' in the data. An expression is over the site's own columns, and 'bmi' is a variable of the dictionary")]
    [InlineData("bmi: { as: 'name * 2' }", "bmi", "its expression in the source's mapping can't be computed: 'name * 2', character 1: a number is expected here")]
    [InlineData("bmi: { as: 'system(years)' }", "bmi", "there is no function 'system'")]
    [InlineData("case: name", "case", "its pattern in dictionary d@1 is no regular expression of those that nodes read (RE2)")]
    [InlineData("age: name", "age", "(column 'name'): expected a whole number of at most 120 (d@1), found values of another type")]
    public async Task WhatOnlyTheDataShow_IsToldByVariable_BeforeARunStarts(string line, string variable, string told)
    {
        Rows("years,name", Enumerable.Repeat("41,x", 20));

        Assert.Contains(told, Assert.IsType<Extraction.Failed>(await TakeAsync($"variables:\n  {line}", [variable])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneColumn_MayBecomeTwoVariables_AndWordsTruthValues()
    {
        Rows("years,exitus,when,day", ["41,ja,2024-03-01 12:30:00,1.3.2024", "42,nein,2024-03-01T12:30:00.5,01.03.2024", "43,x,1.3.2024,2024-03-01"]);

        var done = Assert.IsType<Extraction.Done>(await TakeAsync("""
            variables:
              age: years
              bmi: years
              died: { column: exitus, levels: { ja: 1, nein: false } }
              seen: when
              born: { column: day, format: DD.MM.YYYY }
            """, ["age", "bmi", "died", "seen", "born"]));

        Assert.Equal(["age,died,\"seen\",\"born\",bmi", "41.0,1.0,\"2024-03-01T12:30:00\",\"2024-03-01\",41.0", "42.0,0.0,\"2024-03-01T12:30:00\",\"2024-03-01\",42.0", "43.0,,,,43.0"],
            await File.ReadAllLinesAsync(done.Snapshot.Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AMapping_MayStandInAFileOfItsOwn_WhoseLinesAreNamed()
    {
        Rows("years", ["41"]);
        Write("m.yaml", "variables:\n  age: years\n");
        Assert.IsType<Extraction.Done>(await TakeAsync("mapping: m.yaml", ["age"]));

        Write("m.yaml", "variables:\n  age: years\n  agee: years\n");
        Assert.Contains($"{Path.Combine(folder.FullName, "m.yaml")}:3:9: Dictionary d@1 has no variable 'agee'. Did you mean 'age'?", Problems("mapping: m.yaml"), StringComparison.Ordinal);
        Write("m.yaml", "age: years\n");
        Assert.Contains("'variables' is missing", Problems("mapping: m.yaml"), StringComparison.Ordinal);
        Assert.Contains("The mapping can't be read (FileNotFoundException)", Problems("mapping: n.yaml"), StringComparison.Ordinal);
        Assert.Contains("Say them in one place", Problems("mapping: m.yaml\nvariables: { age: years }"), StringComparison.Ordinal);
    }

    [Fact]
    public void ADictionaryThatIsNone_IsToldAtItsFile()
    {
        Write("d.json", new string(' ', 1 << 20) + Schema);
        Assert.Contains("it is larger than 1048576 bytes", Problems("file: d.json", ""), StringComparison.Ordinal);
        File.WriteAllBytes(Path.Combine(folder.FullName, "d.json"), Encoding.Latin1.GetBytes(Schema.Replace("bmi", "größe", StringComparison.Ordinal)));
        Assert.Contains("it is not JSON, or not in UTF-8", Problems("file: d.json", ""), StringComparison.Ordinal);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder.FullName, name), text);

    private void Rows(string header, IEnumerable<string> rows) => Write("p.csv", $"{header}\n{string.Join('\n', rows)}\n");

    private string Problems(string mapping)
    {
        Write("d.json", Schema);
        return Problems("file: d.json", mapping);
    }

    private string Problems(string file, string mapping) =>
        string.Join('\n', Assert.Throws<SettingsException>(() => Source(file, mapping)).Problems);

    private SourceSettings Source(string file, string mapping) => YamlFile.Parse("node.yaml",
        $"sources:\n  - id: p\n    path: p.csv\n    dictionary:\n      {file}\n{string.Concat(mapping.Split('\n').Select(line => $"      {line}\n"))}",
        root => SourcesReader.Read(root, folder.FullName)).Single();

    private async Task<Extraction> TakeAsync(string mapping, IReadOnlyList<string> asked)
    {
        Write("d.json", Schema);
        return await Source("file: d.json", mapping).Open().ExtractAsync(new(asked, null), Path.Combine(folder.FullName, "out"), TestContext.Current.CancellationToken);
    }
}
