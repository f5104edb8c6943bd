using Vantage.Algorithms.Functions;
using Vantage.Protocol.Algorithms;

namespace Vantage.Algorithms.Tables.Csv;

/// <summary>Finds out what is in each column.</summary>
internal static class CsvTypes
{
    /// <summary>
    /// What the owner declared stands. A column that is not declared holds numbers if every cell that is not missing
    /// reads as one. One pass over the file, none if everything is declared. Text is not decoded: that a column which
    /// nobody reads is in another encoding is no reason to refuse the others.
    /// </summary>
    public static async Task<IReadOnlyList<ColumnSchema>> FindAsync(
        string label,
        CsvRows rows,
        CsvDialect dialect,
        IReadOnlyList<ColumnSchema> declared,
        CancellationToken cancellationToken)
    {
        if (declared.FirstOrDefault(d => !rows.Columns.Contains(d.Name)) is { } absent)
            throw new DataInvalidException($"The source declares a column '{absent.Name}', and '{label}' has none.");

        var told = rows.Columns.Select(c => declared.FirstOrDefault(d => d.Name == c)).ToArray();
        var types = Array.ConvertAll(told, c => c?.Type);
        var open = Enumerable.Range(0, types.Length).Where(i => types[i] is null).ToList();
        while (open.Count > 0 && await rows.ReadAsync(cancellationToken))
            open.RemoveAll(i => IsText(rows, i, dialect, types));
        return [.. rows.Columns.Select((name, i) => told[i] ?? new ColumnSchema(name, types[i] ?? ColumnType.Number))];
    }

    private static bool IsText(CsvRows rows, int column, CsvDialect dialect, ColumnType?[] types)
    {
        if (CsvCells.Number(rows.Cell(column), dialect, out _) != CsvCell.NotNumber)
            return false;
        types[column] = ColumnType.Text;
        return true;
    }
}
