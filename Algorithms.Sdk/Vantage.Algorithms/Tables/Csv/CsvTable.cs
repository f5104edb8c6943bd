using System.Runtime.CompilerServices;
using Vantage.Algorithms.Functions;
using Vantage.Protocol.Algorithms;

namespace Vantage.Algorithms.Tables.Csv;

/// <summary>
/// A CSV file, read as a stream: what is held in memory depends on the widest rows, not on their number.
/// </summary>
/// <param name="label">How the task and the error texts call it.</param>
/// <param name="path">Where the file is.</param>
/// <param name="options">How it is written; null for the defaults.</param>
/// <param name="declared">Types that its owner declared.</param>
public sealed class CsvTable(
    string label, string path, CsvOptions? options = null, IReadOnlyList<ColumnSchema>? declared = null) : ITable
{
    private const int MaxRows = 4096;
    private const int MaxCells = 1 << 20;

    private readonly IReadOnlyList<ColumnSchema> declared = declared ?? [];
    private IReadOnlyList<ColumnSchema>? schema;

    /// <inheritdoc/>
    public string Label => label;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ColumnSchema>> ReadSchemaAsync(CancellationToken cancellationToken)
    {
        if (schema is null)
        {
            var dialect = Dialect();
            using var rows = await CsvRows.OpenAsync(label, path, dialect, cancellationToken);
            schema = await CsvTypes.FindAsync(label, rows, dialect, declared, cancellationToken);
        }

        return schema;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TableBatch> ReadAsync(
        IReadOnlyList<ColumnSchema> columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var dialect = Dialect();
        using var rows = await CsvRows.OpenAsync(label, path, dialect, cancellationToken);
        var capacity = Math.Clamp(MaxCells / Math.Max(columns.Count, 1), 1, MaxRows);
        var read = columns.Select(c => CsvColumn.Of(c.Type, IndexOf(c, rows.Columns), capacity, dialect)).ToArray();
        var count = 0;
        while (await rows.ReadAsync(cancellationToken))
        {
            foreach (var column in read)
                column.Add(rows, count);
            if (++count < capacity)
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            yield return new TableBatch(count, Array.ConvertAll(read, c => c.Take(count)));
            count = 0;
        }

        if (count > 0)
            yield return new TableBatch(count, Array.ConvertAll(read, c => c.Take(count)));
    }

    private CsvDialect Dialect() => new(label, options ?? new CsvOptions());

    private int IndexOf(ColumnSchema wanted, IReadOnlyList<string> columns)
    {
        if (wanted.Type == ColumnType.Number
            && declared.FirstOrDefault(d => d.Name == wanted.Name) is { Type: ColumnType.Text } text)
        {
            throw new DataInvalidException(text.Found is { } found
                ? $"Column '{wanted.Name}' of '{label}' holds text, not numbers: {found.Words}. Correct it, or list the code"
                    + " in the source's option 'missing'."
                : $"Column '{wanted.Name}' of '{label}' is declared to hold text, not numbers.");
        }

        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i] == wanted.Name)
                return i;
        }

        throw new DataInvalidException($"'{label}' has no column '{wanted.Name}'.");
    }
}
