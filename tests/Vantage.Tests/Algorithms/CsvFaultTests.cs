using System.Text;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables.Csv;
using Vantage.Protocol.Algorithms;

namespace Vantage.Tests.Algorithms;

/// <summary>Faults say file, line and column, and what to do; never what is in a cell.</summary>
public sealed class CsvFaultTests
{
    private const string Marker = "cell-marker";

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "'patients', line 3: 1 cell where 2 cells are expected.")]
    [InlineData("a,b\n1,2\n\n3,4,cell-marker\n", "'patients', line 4: 3 cells where 2 cells are expected.")]
    [InlineData("a,b\n1,\"x\ny\"\n3\n", "'patients', line 4: 1 cell where 2 cells are expected.")]
    [InlineData("a,b\n1,\"cell-marker\n3,4\n", "'patients', line 2: a quote that opens in this row is never closed.")]
    [InlineData("a,b\n1,2\n3,\"cell-marker\"x\n", "'patients', line 3: text after a closing quote. A quote inside")]
    [InlineData("a,b\ncell-marker,2\n", "'patients', line 2, column 'a': not a number.")]
    [InlineData("a,b\n1,2\ninf,2\n", "'patients', line 3, column 'a': infinite, or beyond the range of a double.")]
    [InlineData("a,b\n-Infinity,2\n", "'patients', line 2, column 'a': infinite")]
    [InlineData("a,b\n1e999,2\n", "'patients', line 2, column 'a': infinite")]
    [InlineData("", "'patients', line 1: empty, where the names of the columns are expected.")]
    [InlineData("\n\na,b\n", "'patients', line 1: empty")]
    [InlineData("a,b,a\n1,2,3\n", "'patients', line 1: columns 1 and 3 are both called 'a'.")]
    [InlineData("b,c\n1,2\n", "'patients' has no column 'a'.")]
    public async Task AFault_SaysWhereAndWhat(string text, string expected)
    {
        using var file = new CsvFile(text);

        var message = await file.FaultAsync("a");

        Assert.StartsWith(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain(Marker, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BytesThatAreNotUtf8_AreToldByLineAndColumn()
    {
        using var file = new CsvFile(Encoding.Latin1.GetBytes("id,city\n1,Rome\n2,Köln\n"));

        var message = await file.FaultAsync("city", ColumnType.Text);

        Assert.StartsWith("'patients', line 3, column 'city': bytes that are not utf-8.", message, StringComparison.Ordinal);
        Assert.Contains("'encoding'", message, StringComparison.Ordinal);
        Assert.Equal([1, 2], await file.NumbersAsync("id"));
        Assert.Equal([new("id", ColumnType.Number), new("city", ColumnType.Text)], await file.SchemaAsync());
    }

    [Fact]
    public async Task ABrokenUtf16Pair_IsToldByLineAndColumn()
    {
        byte[] half = [0x00, 0xD8];
        byte[] bytes = [.. Encoding.Unicode.GetBytes("a,b\n1,x\n2,"), .. half, .. Encoding.Unicode.GetBytes("y\n")];
        using var file = new CsvFile(bytes)
        {
            Options = new(Encoding: "utf-16"),
        };

        Assert.StartsWith("'patients', line 3, column 'b': bytes that are not utf-16.",
            await file.FaultAsync("b", ColumnType.Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("utf-16")]
    public async Task AHeaderThatCannotBeDecoded_IsToldByPlace(string written)
    {
        using var file = new CsvFile(Encoding.GetEncoding(written).GetBytes("a,größe\n1,2\n"));

        Assert.Matches(
            "^'patients', line 1: the name of column [12] holds bytes that are not utf-8", await file.FaultAsync("a"));
    }

    [Fact]
    public async Task ARowWithoutEnd_IsGivenUpInBoundedMemory()
    {
        using var file = new CsvFile("a,b\n1,2\n\"" + new string('x', 40 * 1024 * 1024));

        Assert.StartsWith(
            "'patients', line 3: a row of more than 16 MiB begins here.", await file.FaultAsync("a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMillionColumns_AreRead()
    {
        const int columns = 1_000_000;
        using var file = new CsvFile(
            string.Join(',', Enumerable.Range(0, columns).Select(i => $"c{i}")) + "\n" + new string(',', columns - 1) + "\n");

        Assert.Equal([null], await file.NumbersAsync($"c{columns - 1}"));
    }

    [Theory]
    [InlineData("ab", "utf-8", ".", "'delimiter'")]
    [InlineData("", "utf-8", ".", "'delimiter'")]
    [InlineData("\"", "utf-8", ".", "'delimiter'")]
    [InlineData(",", "utf-8", ";", "'decimal'")]
    [InlineData(",", "latin-9", ".", "'encoding'")]
    public async Task AnOptionThatMakesNoSense_IsNamed(string delimiter, string encoding, string decimalMark, string named)
    {
        using var file = new CsvFile("a,b\n1,2\n") { Options = new(delimiter, encoding, decimalMark) };

        Assert.Contains(named, await file.FaultAsync("a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADeclaredColumnThatIsNotThere_IsNamed()
    {
        using var file = new CsvFile("a,b\n1,2\n") { Schema = [new("c", ColumnType.Number)] };

        var fault = await Assert.ThrowsAsync<DataInvalidException>(async () => await file.SchemaAsync());

        Assert.Contains("'c'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatIsNotThere_IsADataFault()
    {
        var table = new CsvTable("patients", "/nowhere/patients.csv");

        var fault = await Assert.ThrowsAsync<DataInvalidException>(
            async () => await table.ReadSchemaAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith("'patients' cannot be opened", fault.Message, StringComparison.Ordinal);
    }
}
