using System.Globalization;
using System.Text;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Reading;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Algorithms;

namespace Vantage.Tests.NodeAgent.Data.Dictionaries;

/// <summary>A source that speaks a dictionary gives the dictionary's variables, made of the site's columns.</summary>
public sealed class MappingTests : IDisposable
{
    private const string Schema = """
        { "name": "sepsis", "version": "1.0", "missingValues": ["-9"], "fields": [
          { "name": "age", "type": "integer", "unit": "a", "constraints": { "required": true, "minimum": 0, "maximum": 120 } },
          { "name": "sex", "categories": [{ "value": "f", "label": "female" }, { "value": "m", "label": "male" }] },
          { "name": "temp", "type": "number", "unit": "Cel", "constraints": { "minimum": 30, "maximum": 45 } },
          { "name": "glucose", "type": "number", "unit": "mmol/L" },
          { "name": "bmi", "type": "number", "unit": "kg/m2" },
          { "name": "died", "type": "boolean" },
          { "name": "admitted", "type": "date" },
          { "name": "lactate", "type": "number", "unit": "mmol/L" } ] }
        """;

    private const string Variables = """
        variables:
          age: AGE_Y
          sex: { column: geschlecht, levels: { 1: m, 2: f, 3: ~ } }
          temp: { column: tempF, unit: '[degF]' }
          glucose: { column: gluc, unit: mg/dL, factor: 0.0555 }
          bmi: { as: 'kg / (cm / 100)^2' }
          died: exitus
          admitted: { column: aufnahme, format: '%d.%m.%Y' }
          lactate: absent
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-map-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Columns_AreRenamedRecodedConvertedAndDerived()
    {
        Rows("41,1,98.6,90,81,180,true,01.03.2024", "-9,2,212,-9,60,0,false,31.12.2023", "200,3,x,18,,170,1,2024-01-01");

        var (columns, rows) = await TakeAsync(null);

        Assert.Equal(["age", "sex", "temp", "glucose", "bmi", "died", "admitted"], columns.Select(c => c.Name));
        Assert.Equal([ColumnType.Number, ColumnType.Text, ColumnType.Number, ColumnType.Number, ColumnType.Number, ColumnType.Number, ColumnType.Text], columns.Select(c => c.Type));
        Near(["41", "m", "37", "4.995", "25", "1", "2024-03-01"], rows[0]);
        // -9 means missing; 100 °C is out of range; division by nothing is missing.
        Near(["", "f", "", "", "", "0", "2023-12-31"], rows[1]);
        // Nobody is 200; code 3 is said to be missing; x is no number; a date is written one way.
        Near(["", "", "", "0.999", "", "1", ""], rows[2]);
    }

    [Fact]
    public async Task ARun_SeesWhatItAsksFor_AndNeverTheSitesOwnColumns()
    {
        Rows("41,1,98.6,90,81,180,true,01.03.2024");

        Assert.Equal(["sex", "bmi"], (await TakeAsync(["bmi", "sex"])).Columns.Select(c => c.Name));
        Assert.Contains("no variable 'AGE_Y'", await FailAsync(["AGE_Y"]), StringComparison.Ordinal);
        Assert.Contains("variable 'lactate': expected a number mmol/L (sepsis@1.0), found nothing", await FailAsync(["lactate"]), StringComparison.Ordinal);
        Assert.Empty(folder.GetFiles("*.raw"));
    }

    [Fact]
    public async Task AColumnThatIsNotThere_IsNamed()
    {
        File.WriteAllText(Data, "AGE_Y,geschlecht\n41,1\n");

        Assert.Contains("variable 'temp': expected a number from 30 to 45 Cel (sepsis@1.0), found no column 'tempF'", await FailAsync(["temp"]), StringComparison.Ordinal);
        Assert.Equal(["age", "sex"], (await TakeAsync(["age", "sex"])).Columns.Select(c => c.Name));
    }

    [Fact]
    public async Task AWrongUnit_IsAMismatch_AndAFewSlipsAreMissing()
    {
        // Degrees that are Celsius already, taken for Fahrenheit.
        Rows([.. Enumerable.Repeat("41,1,37.5,90,81,180,true,01.03.2024", 100)]);
        var wrong = await FailAsync(["temp"]);

        Rows([.. Enumerable.Repeat("41,1,98.6,90,81,180,true,01.03.2024", 200), .. Enumerable.Repeat("41,1,37.5,90,81,180,true,01.03.2024", 9)]);
        var (_, slips) = await TakeAsync(["temp"]);

        Assert.Contains("variable 'temp' (column 'tempF'): expected a number from 30 to 45 Cel (sepsis@1.0), found values outside its range", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("37", wrong.Replace("30 to 45", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(9, slips.Count(row => row[0].Length == 0));
    }

    [Fact]
    public async Task ARequiredVariable_WithManyGaps_IsAMismatch_AndWithFewIsNone()
    {
        Rows([.. Enumerable.Repeat("41,1,98.6,90,81,180,true,01.03.2024", 189), .. Enumerable.Repeat(",1,98.6,90,81,180,true,01.03.2024", 11)]);
        var wrong = await FailAsync(["age"]);
        Rows([.. Enumerable.Repeat("41,1,98.6,90,81,180,true,01.03.2024", 189), .. Enumerable.Repeat(",1,98.6,90,81,180,true,01.03.2024", 9)]);
        var (_, slips) = await TakeAsync(["age"]);

        Assert.Contains("variable 'age' (column 'AGE_Y'): expected a whole number from 0 to 120 a (sepsis@1.0), found rows without a value, though one is required", wrong, StringComparison.Ordinal);
        Assert.Equal(9, slips.Count(row => row[0].Length == 0));
    }

    [Fact]
    public async Task CodesThatNobodyMapped_AreAMismatch()
    {
        Rows([.. Enumerable.Repeat("41,7,98.6,90,81,180,true,01.03.2024", 20)]);

        Assert.Contains("variable 'sex' (column 'geschlecht'): expected one of f, m (sepsis@1.0), found values that are none of its levels", await FailAsync(["sex"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheContent_ChangesWithTheDataAndWithTheMapping()
    {
        Rows("41,1,98.6,90,81,180,true,01.03.2024");
        var first = (await SnapshotAsync(["age"])).Mapping!;
        var other = (await SnapshotAsync(["age"], Variables.Replace("0.0555", "0.0556", StringComparison.Ordinal))).Mapping!;
        Rows("42,1,98.6,90,81,180,true,01.03.2024");
        var changed = (await SnapshotAsync(["age"])).Mapping!;

        Assert.Equal((first.Dictionary, first.Content), (other.Dictionary, other.Content));
        Assert.NotEqual(first.Steps, other.Steps);
        Assert.Equal(first.Steps, changed.Steps);
        Assert.NotEqual(first.Content, changed.Content);
    }

    [Theory]
    [InlineData("age: { column: A, unit: mo, as: 'x' }", "'as' stands alone")]
    [InlineData("agee: A", "has no variable 'agee'. Did you mean 'age'?")]
    [InlineData("glucose: { unit: mg/dL }", "mg/dL into mmol/L depends on the substance")]
    [InlineData("glucose: { unit: furlong }", "no conversion of furlong into mmol/L is known here")]
    [InlineData("sex: { unit: cm }", "is no number in the dictionary")]
    [InlineData("bmi: { as: 'kg / (' }", "'kg / (', character 7: a column")]
    [InlineData("bmi: { factor: 0 }", "and not 0")]
    [InlineData("bmi: { colunm: x }", "Did you mean 'column'?")]
    public void AMappingThatCantBe_IsToldByItsLine(string line, string told) =>
        Assert.Contains(told, string.Join('\n', Assert.Throws<SettingsException>(() => Source($"variables:\n  {line}")).Problems), StringComparison.Ordinal);

    private string Data => Path.Combine(folder.FullName, "p.csv");

    private void Rows(params string[] rows) => File.WriteAllText(Data, $"AGE_Y,geschlecht,tempF,gluc,kg,cm,exitus,aufnahme\n{string.Join('\n', rows)}\n");

    private SourceSettings Source(string variables)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "d.json"), Schema);
        var yaml = $"sources:\n  - id: patients\n    path: p.csv\n    dictionary:\n      file: d.json\n{string.Join('\n', variables.Split('\n').Select(line => $"      {line}"))}\n";
        return YamlFile.Parse("node.yaml", yaml, root => SourcesReader.Read(root, folder.FullName)).Single();
    }

    private async Task<Snapshot> SnapshotAsync(IReadOnlyList<string>? asked, string variables = Variables)
    {
        var path = Path.Combine(folder.FullName, Path.GetRandomFileName());
        var taken = await Source(variables).Open().ExtractAsync(new(asked, null), path, TestContext.Current.CancellationToken);
        return taken is Extraction.Done done ? done.Snapshot : throw new InvalidOperationException($"{taken}");
    }

    private async Task<(IReadOnlyList<ColumnSchema> Columns, List<string[]> Rows)> TakeAsync(IReadOnlyList<string>? asked)
    {
        var snapshot = await SnapshotAsync(asked);
        return (snapshot.Columns, [.. (await File.ReadAllLinesAsync(snapshot.Path, Encoding.UTF8, TestContext.Current.CancellationToken)).Skip(1)
            .Select(line => line.Split(',').Select(cell => cell.Trim('"')).ToArray())]);
    }

    private async Task<string> FailAsync(IReadOnlyList<string> asked) => Assert.IsType<Extraction.Failed>(
        await Source(Variables).Open().ExtractAsync(new(asked, null), Path.Combine(folder.FullName, Path.GetRandomFileName()), TestContext.Current.CancellationToken)).Message;

    private static void Near(string[] expected, string[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        foreach (var (want, have) in expected.Zip(found))
        {
            if (double.TryParse(want, CultureInfo.InvariantCulture, out var number))
            {
                Assert.Equal(number, double.Parse(have, CultureInfo.InvariantCulture), 9);
            }
            else
            {
                Assert.Equal(want, have);
            }
        }
    }
}
