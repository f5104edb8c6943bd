using Vantage.Cli.Sandboxes.Data;
using Vantage.NodeAgent.Data.Reading;
using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Algorithms;

namespace Vantage.Tests.Cli.Sandboxes;

/// <summary>What is declared on the command line is what the node reads in its node.yaml.</summary>
public sealed class DialectTests
{
    [Fact]
    public void WhatIsDeclared_IsWhatTheNodeReads()
    {
        var source = Read(new SiteData("north", "/data/it's \"north\" #1.csv",
            new(";", ",", "windows-1252", "'", ["NA", "-9", "", "n/a: 'x'"], Header: false, ["code", "null"])));

        Assert.Equal(("data", "/data/it's \"north\" #1.csv", ';', ',', '\'', false),
            (source.Id, source.Path, source.Delimiter, source.Decimal, source.Quote, source.Header));
        Assert.Equal("windows-1252", source.Encoding.Name);
        Assert.Equal(["NA", "-9", "", "n/a: 'x'"], source.Missing);
        Assert.Equal(new Dictionary<string, ColumnType> { ["code"] = ColumnType.Text, ["null"] = ColumnType.Text }, source.Types);
    }

    [Fact]
    public void WhatIsNotDeclared_IsTheNodesDefault()
    {
        var source = Read(new SiteData("north", "/data/north.csv", new(null, null, null, null, null, true, [])));

        Assert.Equal(new CsvSourceSettings { Id = "data", Path = "/data/north.csv" } with { Missing = source.Missing, Types = source.Types, Meanings = source.Meanings, Dates = source.Dates }, source);
        Assert.Empty(source.Meanings);
        Assert.Equal(["NA"], source.Missing);
    }

    [Fact]
    public void ATab_IsWrittenAsAWord() =>
        Assert.Equal('\t', Read(new SiteData("north", "/n.tsv", new("tab", null, null, null, null, true, []))).Delimiter);

    [Fact]
    public void AValue_HoldsForAll_OrForTheSiteInFrontOfIt()
    {
        var scoped = DataOptions.Scoped([";", "south=,", "west==", "x=y"], ["north", "south", "west"]);

        Assert.Equal(["x=y", ",", "="], new[] { "north", "south", "west" }.Select(scoped));
        Assert.Null(DataOptions.Scoped([], ["north"])("north"));
    }

    private static CsvSourceSettings Read(SiteData site) =>
        Assert.IsType<CsvSourceSettings>(Assert.Single(YamlFile.Parse("node.yaml", SourceYaml.Of("data", site), root => SourcesReader.Read(root, "/"))));
}
