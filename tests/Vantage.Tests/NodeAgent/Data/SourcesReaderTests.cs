using Vantage.DuckDb;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Data.DuckDb;
using Vantage.NodeAgent.Data.Fhir;
using Vantage.NodeAgent.Data.Json;
using Vantage.NodeAgent.Data.Postgres;
using Vantage.NodeAgent.Data.Reading;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Algorithms;

namespace Vantage.Tests.NodeAgent.Data;

public sealed class SourcesReaderTests
{
    [Fact]
    public void APathAndAnId_AreEnough()
    {
        var source = Assert.IsType<CsvSourceSettings>(Assert.Single(Read("sources:\n  - id: patients\n    path: data/p.csv\n")));

        Assert.Equal(new CsvSourceSettings { Id = "patients", Path = "/node/data/p.csv" } with { Missing = source.Missing, Types = source.Types, Dates = source.Dates }, source);
    }

    [Fact]
    public void EverySetting_IsRead()
    {
        var source = Assert.IsType<CsvSourceSettings>(Assert.Single(Read("""
            sources:
              - id: labs
                path: /data/labs.tsv
                delimiter: tab
                quote: "'"
                encoding: Windows-1252
                decimal: ","
                header: false
                missing: ["-9", NULL]
                types: { column1: text, column2: number }
                maxColumns: 5
                maxRowMiB: 1
            """)));

        Assert.Equal(('\t', '\'', ',', false, 5, 1),
            (source.Delimiter, source.Quote, source.Decimal, source.Header, source.MaxColumns, source.MaxRowMiB));
        Assert.Equal("windows-1252", source.Encoding.Name);
        Assert.Equal(["-9", "NULL"], source.Missing);
        Assert.Equal(ColumnType.Text, source.Types["column1"]);
        Assert.Equal(ColumnType.Number, source.Types["column2"]);
    }

    [Theory]
    [InlineData("path: p.parquet", typeof(ParquetSettings))]
    [InlineData("path: p.PARQUET", typeof(ParquetSettings))]
    [InlineData("path: p.dat, format: parquet", typeof(ParquetSettings))]
    [InlineData("path: p.ndjson", typeof(JsonLinesSettings))]
    [InlineData("path: p.dat, format: jsonl", typeof(JsonLinesSettings))]
    public void AFormat_IsDeclaredOrTakenFromTheName(string source, Type settings) =>
        Assert.IsType(settings, Assert.Single(Read($"sources: [{{ id: a, {source} }}]")));

    [Fact]
    public void ADatabase_IsDeclaredWithoutItsPassword()
    {
        var source = Assert.IsType<PostgresSettings>(Assert.Single(Read("""
            sources:
              - id: labs
                postgres: { host: db.example.org, database: hospital, user: reader, passwordFile: keys/db, tls: unverified }
                table: clinic.labs
            """)));

        Assert.Equal(("db.example.org", 5432, "hospital", "reader", "/node/keys/db", "clinic.labs"),
            (source.Host, source.Port, source.Database, source.User, source.Password.File, source.Table));
    }

    [Theory]
    [InlineData("id: a, path: p.csv, where: 'age >'", "'where' is a condition on the columns")]
    [InlineData("id: a, postgres: { host: h, database: d, user: u }", "a 'table' (or view) or a 'query', one of them")]
    [InlineData("id: a, table: t, postgres: { host: h, database: d, user: u, password: p }", "A password does not stand in node.yaml")]
    [InlineData("id: a, table: t, postgres: { host: h, database: d, user: u, tls: maybe }", "'tls' is verify, unverified")]
    [InlineData("id: a, table: t, odbc: { connection: 'Driver=X;UID=u;Pwd = p' }", "A password does not stand in node.yaml")]
    [InlineData("id: a, table: t, odbc: { passwordFile: p }", "'sources[0].odbc.connection' is missing")]
    [InlineData("id: a, path: p, format: fhir", "says under 'paths' which columns there are")]
    [InlineData("id: a, path: p, format: fhir, paths: { x: 'a..b' }", "A path is names with dots between them")]
    [InlineData("id: a, path: p.parquet, delimiter: ';'", "Unknown key 'sources[0].delimiter'")]
    [InlineData("id: a, path: p, format: feather", "'format' is one of csv, excel, parquet, jsonl")]
    [InlineData("id: a", "'sources[0].path' is missing")]
    [InlineData("id: a, path: p, delimiter: ';;'", "node.yaml:2:32: 'delimiter' is one ASCII character, or tab")]
    [InlineData("id: a, path: p, decimal: ';'", "'decimal' is . or ,")]
    [InlineData("id: a, path: p, quote: ','", "are the same character")]
    [InlineData("id: a, path: p, encoding: ebcdic", "'encoding' is one of utf-8, utf-16")]
    [InlineData("id: a, path: p, types: { x: date }", "A type is number or text")]
    [InlineData("id: a, path: p, delimeter: ';'", "Did you mean 'delimiter'?")]
    public void AWrongSetting_IsRefusedInPlace(string source, string expected)
    {
        var refusal = Assert.Throws<SettingsException>(() => Read($"sources:\n- {"{"} {source} {"}"}\n"));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ABulkExport_IsDeclaredByItsPaths()
    {
        var source = Assert.IsType<FhirSettings>(Assert.Single(Read("""
            sources:
              - id: labs
                path: export/Observation*.ndjson
                format: fhir
                resource: Observation
                paths:
                  patient: subject.reference
                  loinc: code.coding[system=http://loinc.org].code
            """)));

        Assert.Equal(["patient", "loinc"], source.Paths.Keys);
        Assert.Equal(("code.coding[system=http://loinc.org].code", "Observation"), (source.Paths["loinc"].Text, source.Resource));
    }

    [Fact]
    public void WhatDuckDbMayTake_IsSaidForAllSources()
    {
        var source = Assert.IsType<ParquetSettings>(Assert.Single(Read(
            "duckdb: { memoryMiB: 2048, threads: 4, diskMiB: 100 }\nsources: [{ id: a, path: p.parquet }]")));

        Assert.Equal(new DuckCaps(2048, 4, 100), source.Caps);
        Assert.Contains("duckdb.memoryMiB", Assert.Throws<SettingsException>(() => Read("duckdb: { memoryMiB: 1 }")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoSourcesOfOneId_AreRefused() =>
        Assert.Throws<SettingsException>(() => Read("sources: [{ id: a, path: p }, { id: a, path: q }]"));

    private static IReadOnlyList<SourceSettings> Read(string text) =>
        YamlFile.Parse("node.yaml", text, root => SourcesReader.Read(root, "/node"));
}
