using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Omop;
using Vantage.NodeAgent.Data.Postgres;
using Vantage.NodeAgent.Data.Reading;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Tests.NodeAgent.Data.Postgres;

namespace Vantage.Tests.NodeAgent.Data.Omop;

/// <summary>What is made of the persons of <see cref="SmallCdm"/>; every expected figure was worked out with a calendar.</summary>
public sealed class OmopSourceTests(Hospital hospital) : IClassFixture<Hospital>, IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-omop-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static OmopCohort Diabetics => new(CdmTable.Find("condition")!, [SmallCdm.Diabetes], IsLast: false, PriorDays: 365);

    public async ValueTask InitializeAsync() => await SmallCdm.MakeAsync(hospital);

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task ACohort_HasARowAPerson_CountedFromTheIndexDay()
    {
        var (columns, rows) = await ReadAsync(Diabetics,
            SmallCdm.Column("metformin", "drug", SmallCdm.Metformin, 0, 90, OmopValue.Any),
            SmallCdm.Column("tablets", "drug", SmallCdm.Metformin, 0, 90, OmopValue.Count));

        Assert.Equal(["age", "sex", "prior_days", "followup_days", "died", "metformin", "tablets"], columns);
        Assert.Equal(
        [
            ["48", "female", "516", "213", "0", "0", "0"],
            ["57", "female", "1224", "967", "0", "1", "2"],
            ["62", "male", "790", "30", "1", "0", "0"],
        ], rows);
    }

    [Fact]
    public async Task ValuesInTheWindow_AreOfTheUnitThatWasAskedFor()
    {
        OmopColumn Value(string name, OmopValue value, int? unit) => SmallCdm.Column(name, "measurement", SmallCdm.Hba1c, -365, 0, value, unit);

        var (_, rows) = await ReadAsync(Diabetics,
            Value("last", OmopValue.Last, SmallCdm.Percent), Value("first", OmopValue.First, SmallCdm.Percent), Value("mean", OmopValue.Mean, SmallCdm.Percent),
            Value("min", OmopValue.Min, null), Value("max", OmopValue.Max, null), Value("n", OmopValue.Count, null));

        Assert.Equal(
        [
            [7.75, 7.25, 7.5, 7.25, 7.75, 2],
            [8.4, 9.9, 9.15, 8.4, 68, 4],
            [null, null, null, null, null, 0],
        ], rows.Select(row => row[5..].Select(cell => cell.Length == 0 ? (double?)null : double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public async Task TheLastRecord_AndNoPriorDays_LetOthersIn()
    {
        var (_, last) = await ReadAsync(Diabetics with { IsLast = true });
        var (_, early) = await ReadAsync(Diabetics with { PriorDays = 0 });

        // Person 3: 2016-01-02 after 2012-01-01; person 1 by her record of 2019-01-01.
        Assert.Contains(["60", "male", "1462", "1094", "0"], last);
        Assert.Contains(["58", "female", "1461", "730", "0"], last);
        Assert.Equal(4, last.Count);
        // Person 4, whose sex nobody knows.
        Assert.Contains(["36", "", "14", "1812", "0"], early);
        Assert.Equal(4, early.Count);
    }

    [Fact]
    public async Task WithoutACohort_EveryObservedPersonHasARow_FromTheFirstDay()
    {
        var (_, rows) = await ReadAsync(null);

        Assert.Equal(30, rows.Count);
        Assert.All(rows, row => Assert.Equal("0", row[2]));
        Assert.Contains(["20", "male", "0", "1827", "0"], rows);
    }

    [Fact]
    public async Task NoIdAndNoDate_CanBeAskedFor()
    {
        foreach (var column in (string[])["person_id", "at", "index_date", "year_of_birth", "death_date"])
        {
            var refusal = Assert.IsType<Extraction.Failed>(await Source(Diabetics).ExtractAsync(new([column], null), Path.Combine(folder.FullName, "s"), Cancellation));
            Assert.Equal(RunCodes.ArgumentsInvalid, refusal.Code);
        }
    }

    [Fact]
    public async Task AConceptThatTheVocabularyHasNot_IsRefusedByItsId()
    {
        var source = Source(Diabetics, SmallCdm.Column("x", "drug", 123456, 0, 1, OmopValue.Any));

        var refusal = Assert.IsType<Extraction.Failed>(await source.ExtractAsync(ColumnChoice.All, Path.Combine(folder.FullName, "s"), Cancellation));

        Assert.Equal(RunCodes.DataInvalid, refusal.Code);
        Assert.Contains("source 'patients' (PostgreSQL, OMOP CDM): its vocabulary has no concept 123456", refusal.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> SetsOfOne => new()
    {
        { "all but the second type", Item(SmallCdm.Diabetes, descendants: true) + "," + Item(SmallCdm.TypeTwo, isExcluded: true) },
        { "all but what is below the second type", Item(SmallCdm.Diabetes, descendants: true) + "," + Item(SmallCdm.TypeTwo, descendants: true, isExcluded: true) },
        { "without what is below it", Item(SmallCdm.Diabetes) },
    };

    /// <summary>The second person alone has a record that says no more than diabetes.</summary>
    [Theory]
    [MemberData(nameof(SetsOfOne))]
    public async Task AConceptSet_IsWhatAtlasMeansByIt(string name, string items)
    {
        var file = Path.Combine(folder.FullName, "set.json");
        await File.WriteAllTextAsync(file, $"{{\"items\": [{items}]}}", Cancellation);

        var cohort = Assert.IsType<PostgresSettings>(Assert.Single(Read($"schema: cdm, cohort: {{ table: condition, conceptSet: '{file}' }}"))).Omop!.Cohort!;
        var (_, rows) = await ReadAsync(cohort);

        Assert.True(rows is [["62", "male", "790", "30", "1"]], name);
    }

    [Theory]
    [InlineData("""{"items": []}""", "without a concept that is not excluded")]
    [InlineData("""{"items": [{"concept": {"CONCEPT_ID": 1}, "includeMapped": true}]}""", "takes in what is mapped to concept 1")]
    [InlineData("""{"items": [{"concept": {"CONCEPT_ID": "x"}}]}""", "is no concept set")]
    [InlineData("""[201820]""", "is no concept set")]
    public async Task WhatIsNoConceptSet_IsRefused(string text, string expected)
    {
        var file = Path.Combine(folder.FullName, "set.json");
        await File.WriteAllTextAsync(file, text, Cancellation);

        Assert.Contains(expected, Assert.Throws<SettingsException>(() => Read($"schema: cdm, cohort: {{ table: condition, conceptSet: '{file}' }}")).Message, StringComparison.Ordinal);
    }

    private static string Item(int concept, bool descendants = false, bool isExcluded = false) =>
        $"{{\"concept\": {{\"CONCEPT_ID\": {concept}, \"CONCEPT_NAME\": \"x\"}}, \"isExcluded\": {(isExcluded ? "true" : "false")}, \"includeDescendants\": {(descendants ? "true" : "false")}, \"includeMapped\": false}}";

    [Fact]
    public void TheStatement_HasNoWordOfNodeYaml()
    {
        var table = new OmopTable(SmallCdm.Schema, SmallCdm.Vocabulary, Diabetics, [SmallCdm.Column("hba1c", "measurement", SmallCdm.Hba1c, -365, 0, OmopValue.Last, SmallCdm.Percent)]);

        var sql = OmopSql.Of(table);

        Assert.All((string[])["DROP", SmallCdm.Vocabulary, "201820", "3004410", "365", "8554"], word => Assert.DoesNotContain(word, sql, StringComparison.Ordinal));
    }

    [Fact]
    public void NodeYaml_SaysAllOfIt()
    {
        var source = Assert.IsType<PostgresSettings>(Assert.Single(Read("""
            schema: cdm, vocabulary: vocab, cohort: { table: condition, concepts: [201820], index: last, priorDays: 365 },
                columns: [{ name: hba1c, table: measurement, concepts: [3004410], days: [-365, 0], value: last, unit: 8554 }]
            """)));

        Assert.Equal(("cdm", "vocab", true, 365), (source.Omop!.Schema, source.Omop.Vocabulary, source.Omop.Cohort!.IsLast, source.Omop.Cohort.PriorDays));
        var column = Assert.Single(source.Omop.Columns);
        Assert.Equal(("hba1c", -365, 0, OmopValue.Last, 8554), (column.Name, column.From, column.To, column.Value, column.Unit));
        Assert.Equal(OmopSql.Of(source.Omop), source.Query);
    }

    [Theory]
    [InlineData("schema: cdm, cohort: { table: conditions, concepts: [1] }", "'table' is one of condition, drug")]
    [InlineData("schema: cdm, cohort: { table: condition, concepts: [1 OR 1=1] }", "'concepts' are the ids")]
    [InlineData("schema: cdm, cohort: { table: condition, concepts: [] }", "'concepts' are the ids")]
    [InlineData("schema: cdm, cohort: { table: condition, conceptSet: nowhere.json }", "'/node/nowhere.json' can't be read")]
    [InlineData("schema: cdm, cohort: { table: condition, concepts: [1], conceptSet: s.json }", "one of them is enough")]
    [InlineData("schema: cdm, cohort: { table: condition, concepts: [1], index: any }", "'index' is first or last")]
    [InlineData("schema: cdm, columns: [{ name: age, table: drug, concepts: [1], days: [0, 1] }]", "There is a column 'age' already")]
    [InlineData("schema: cdm, columns: [{ name: 'a b', table: drug, concepts: [1], days: [0, 1] }]", "A column's name is a-z")]
    [InlineData("schema: cdm, columns: [{ name: a, table: drug, concepts: [1], days: [2, 1] }]", "'days' are the window's")]
    [InlineData("schema: cdm, columns: [{ name: a, table: drug, concepts: [1], days: [0, 1], value: mean }]", "have no number")]
    [InlineData("schema: cdm, columns: [{ name: a, table: drug, concepts: [1], days: [0, 1], unit: 5 }]", "have no unit")]
    [InlineData("cohort: { table: condition, concepts: [1] }", "schema' is missing")]
    public void AWrongSetting_IsRefused(string omop, string expected) =>
        Assert.Contains(expected, Assert.Throws<SettingsException>(() => Read(omop)).Message, StringComparison.Ordinal);

    private static IReadOnlyList<SourceSettings> Read(string omop) => YamlFile.Parse("node.yaml",
        $"sources: [{{ id: a, postgres: {{ host: h, database: d, user: u }}, omop: {{ {omop} }} }}]", root => SourcesReader.Read(root, "/node"));

    private IDataSource Source(OmopCohort? cohort, params IReadOnlyList<OmopColumn> columns)
    {
        var table = new OmopTable(SmallCdm.Schema, SmallCdm.Vocabulary, cohort, columns);
        return new PostgresSource(hospital.Source(query: OmopSql.Of(table)) with { Omop = table });
    }

    private async Task<(IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows)> ReadAsync(OmopCohort? cohort, params IReadOnlyList<OmopColumn> columns)
    {
        var path = Path.Combine(folder.FullName, Path.GetRandomFileName());
        var done = Assert.IsType<Extraction.Done>(await Source(cohort, columns).ExtractAsync(ColumnChoice.All, path, Cancellation));
        var (names, rows) = DataSourceConformance.ReadBack(done.Snapshot);
        Assert.Equal(["sex"], done.Snapshot.Columns.Where(c => c.Type == ColumnType.Text).Select(c => c.Name));
        return (names, [.. rows.OrderBy(row => string.Join(',', row), StringComparer.Ordinal)]);
    }
}
