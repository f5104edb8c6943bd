using System.Text;
using Vantage.NodeAgent.Data.Odbc;

namespace Vantage.Tests.NodeAgent.Data.Odbc;

/// <summary>Drivers differ in whether they write the zero before the point of a DECIMAL(n,n).</summary>
public sealed class OdbcNumberTests
{
    private const short Decimal = 3;
    private const short Text = 12;

    [Theory]
    [InlineData(Decimal, ".5000", "0.5000")]
    [InlineData(Decimal, "-.5", "-0.5")]
    [InlineData(Decimal, "0.5", "0.5")]
    [InlineData(Decimal, "-12.50", "-12.50")]
    [InlineData(Text, ".5", ".5")]
    public void ANumber_HasADigitBeforeItsPoint(short held, string given, string expected)
    {
        var faults = new OdbcFaults(new OdbcSettings { Id = "labs", Connection = "" });
        using var rows = new OdbcRows(new OneCell(given), [new OdbcColumn("x", held, 10, OdbcTexts.Narrow)], faults);

        Assert.True(rows.Read());

        Assert.Equal(expected, Encoding.UTF8.GetString(rows.Cell(0)));
    }

    private sealed class OneCell(string text) : OdbcCells
    {
        private readonly byte[] bytes = Encoding.UTF8.GetBytes(text);

        public override bool Read() => true;

        public override bool TryGet(int column, out ReadOnlySpan<byte> cell)
        {
            cell = bytes;
            return true;
        }

        public override void Dispose()
        {
            // Nothing of its own.
        }
    }
}
