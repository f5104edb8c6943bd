using System.Text;
using Vantage.Cli.Sandboxes.Data;
using Vantage.Client.Errors;
using Vantage.Tests.Client;

namespace Vantage.Tests.Cli.Sandboxes;

/// <summary>What is said of files before anything is started.</summary>
public sealed class FirstLookTests : IDisposable
{
    private static readonly Dialect Plain = new(null, null, null, null, null, true, []);
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, string> Unusable => new()
    {
        { "", "the file is empty" },
        { "\n\n", "the file is empty" },
        { "a,b\n", "line 1 names columns, and no row follows" },
        { "\na,b\n1,2\n", "line 1: empty, where the names" },
        { "a;b;c\n1;2;3\n", "line 1: one column only by the delimiter ','; it looks like 3 columns with ';' between them. Declare --delimiter ';'" },
        { "a\tb\n1\t2\n", "Declare --delimiter tab" },
        { "PK\u0003\u0004zip", "this is a spreadsheet or an archive" },
        { "PAR1abc", "this is a Parquet file, and its name says otherwise" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void WhatIsNoTable_IsSaidWithSiteAndFile(string text, string expected)
    {
        var refusal = Refusal(Site("north", text));

        Assert.Equal(FirstLook.Code, refusal.Code);
        Assert.Contains($"north (north.csv): ", refusal.What, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.What, StringComparison.Ordinal);
    }

    [Fact]
    public void AllFilesThatAreWrong_AreSaidAtOnce()
    {
        var refusal = Refusal(Site("north", ""), Site("south", "a,b\n1,2\n"), new SiteData("west", folder["nowhere.csv"], Plain));

        Assert.Equal(["north (north.csv)", "west (nowhere.csv)"], refusal.Errors.Keys);
        Assert.Contains("there is no file", refusal.Errors["west (nowhere.csv)"][0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n1,2", null)]
    [InlineData("\uFEFFa,b\r\n1,2\r\n", null)]
    [InlineData("only\n1\n2\n", null)]
    [InlineData("\"Height; in cm\"\n170\n180\n", null)]
    [InlineData("1;2\n3;4\n", ";")]
    public void WhatMayBeATable_Passes(string text, string? delimiter) =>
        Assert.Single(FirstLook.At([Site("north", text, Plain with { Delimiter = delimiter })]));

    [Fact]
    public void ExcelsLine_DeclaresTheDelimiter_UnlessThePersonDid()
    {
        Assert.Equal(";", FirstLook.At([Site("north", "sep=;\r\na;b\r\n1;2\r\n")]).Single().Dialect.Delimiter);
        Assert.Equal("|", FirstLook.At([Site("south", "sep=;\na|b\n1|2\n", Plain with { Delimiter = "|" })]).Single().Dialect.Delimiter);
    }

    [Fact]
    public void Utf16_IsReadByItsMarkOrDeclaration_AndToldOtherwise()
    {
        File.WriteAllText(folder["mark.csv"], "a,b\n1,2\n", Encoding.Unicode);
        File.WriteAllBytes(folder["none.csv"], new UnicodeEncoding(false, false).GetBytes("a,b\n1,2\n"));

        Assert.Single(FirstLook.At([new("mark", folder["mark.csv"], Plain)]));
        Assert.Single(FirstLook.At([new("none", folder["none.csv"], Plain with { Encoding = "utf-16" })]));
        Assert.Contains("--encoding utf-16", Refusal(new SiteData("none", folder["none.csv"], Plain)).What, StringComparison.Ordinal);
    }

    private static VantageException Refusal(params SiteData[] sites) => Assert.Throws<VantageException>(() => FirstLook.At(sites));

    private SiteData Site(string name, string text, Dialect? dialect = null)
    {
        File.WriteAllText(folder[$"{name}.csv"], text, new UTF8Encoding(false));
        return new(name, folder[$"{name}.csv"], dialect ?? Plain);
    }
}
