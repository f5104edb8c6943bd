using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Algorithms;
using Vantage.Statistics.Formulas;
using Vantage.Statistics.Models.Frames;

namespace Vantage.Statistics.Crosstabs;

/// <summary>The columns of a table of counts at one site.</summary>
internal static class CrosstabColumns
{
    public const int MostCells = 10_000;

    public static void ThrowIfNone(IReadOnlyList<string> columns)
    {
        if (columns.Count is 0 or > 3 || columns.Distinct(StringComparer.Ordinal).Count() < columns.Count)
            throw new ArgumentsInvalidException("columns", "one to three, each once.");
    }

    public static void ThrowIfTooMany(IReadOnlyList<IReadOnlyList<string?>> levels)
    {
        var cells = levels.Aggregate(1L, (product, l) => product * l.Count);
        if (cells > MostCells)
        {
            throw new DataInvalidException($"The table would have {cells} cells, and {MostCells} is the most. Is one of the"
                + " columns an identifier?");
        }
    }

    public static IReadOnlyList<ColumnSchema> Schema(IReadOnlyList<string> columns, IReadOnlyCollection<string> texts) =>
        [.. columns.Select(c => new ColumnSchema(c, texts.Contains(c) ? ColumnType.Text : ColumnType.Number))];

    public static FactorSlot Slot(ITable table, string column, IReadOnlyList<string>? levels) => new(
        new ColumnVariable(column, column, 0), column, new LevelIndex($"Column '{column}' of '{table.Label}'", levels));

    public static void Read(IReadOnlyList<FactorSlot> slots, IReadOnlyList<string> columns, TableBatch batch)
    {
        for (var i = 0; i < slots.Count; i++)
        {
            slots[i].Read(
                new Dictionary<string, BatchColumn>(StringComparer.Ordinal) { [columns[i]] = batch.Columns[i] }, batch.Rows);
        }
    }
}
