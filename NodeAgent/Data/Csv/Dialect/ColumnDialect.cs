using Vantage.NodeAgent.Data.Csv.Dates;
using Vantage.NodeAgent.Data.Rows;

namespace Vantage.NodeAgent.Data.Csv.Dialect;

/// <summary>What the cells of one column say about how numbers and dates are written.</summary>
internal sealed class ColumnDialect(IReadOnlyList<string> missing)
{
    private readonly CellReading points = new(new('.', missing, new Dictionary<string, Protocol.Algorithms.ColumnType>()));
    private readonly CellReading commas = new(new(',', missing, new Dictionary<string, Protocol.Algorithms.ColumnType>()));
    private readonly List<DateForm> dates = [.. DateForm.All];
    private bool isByPoint = true;
    private bool isByComma = true;
    private bool hasPoint;
    private bool hasComma;
    private bool isLikeThousands = true;
    private bool isEmpty = true;

    public void Look(ReadOnlySpan<byte> cell)
    {
        if (points.Kind(cell) == CellKind.Missing)
        {
            return;
        }

        isEmpty = false;
        isByPoint &= points.Kind(cell) == CellKind.Number;
        isByComma &= commas.Kind(cell) == CellKind.Number;
        (hasPoint, hasComma) = (hasPoint || points.HasFraction(cell), hasComma || commas.HasFraction(cell));
        var mark = cell.IndexOfAny((byte)'.', (byte)',');
        isLikeThousands &= mark < 0 || (cell.Length - mark == 4 && cell[..mark].TrimStart("+-"u8).Length is >= 1 and <= 3);
        for (var i = dates.Count - 1; i >= 0; i--)
        {
            if (dates[i].Read(cell) is null)
            {
                dates.RemoveAt(i);
            }
        }
    }

    /// <summary>What it can only be; null where the column says nothing.</summary>
    public char? Decimal => isEmpty ? null : isByComma && hasComma ? ',' : isByPoint && hasPoint ? '.' : null;

    /// <summary>Each has three digits behind the only mark: a fraction, or thousands.</summary>
    public bool MayBeThousands => Decimal is not null && isLikeThousands;

    /// <summary>The ways in which every cell is a date.</summary>
    public IReadOnlyList<DateForm> Dates => isEmpty ? [] : dates;
}
