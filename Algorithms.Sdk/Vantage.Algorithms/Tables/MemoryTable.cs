using System.Runtime.CompilerServices;
using Vantage.Algorithms.Functions;
using Vantage.Protocol.Algorithms;

namespace Vantage.Algorithms.Tables;

/// <summary>A small table held in memory, for tests and examples.</summary>
public sealed class MemoryTable : ITable
{
    private readonly IReadOnlyList<MemoryColumn> columns;
    private readonly int rows;

    /// <param name="label">How errors call it.</param>
    /// <param name="columns">All of the same length.</param>
    public MemoryTable(string label, params IReadOnlyList<MemoryColumn> columns)
    {
        Label = label;
        this.columns = columns;
        rows = columns.Count == 0 ? 0 : columns[0].Rows;
        if (columns.Any(c => c.Rows != rows))
            throw new ArgumentException("All columns of a table have the same number of rows.", nameof(columns));
    }

    /// <inheritdoc/>
    public string Label { get; }

    /// <summary>How many rows a batch holds; small in tests that look at what happens between batches.</summary>
    public int BatchRows { get; init; } = 4096;

    /// <summary>The rows whose index (from 0) is chosen, in their order.</summary>
    public MemoryTable Where(Func<int, bool> chosen)
    {
        int[] taken = [.. Enumerable.Range(0, rows).Where(chosen)];
        return new(Label, [.. columns.Select(c => c.Take(taken))]) { BatchRows = BatchRows };
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ColumnSchema>> ReadSchemaAsync(CancellationToken cancellationToken) =>
        new([.. columns.Select(c => new ColumnSchema(c.Name, c.Type))]);

    /// <inheritdoc/>
    public async IAsyncEnumerable<TableBatch> ReadAsync(
        IReadOnlyList<ColumnSchema> columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wanted = columns.Select(c => (Column: Find(c), c.Type)).ToList();
        for (var from = 0; from < rows; from += BatchRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] taken = [.. Enumerable.Range(from, Math.Min(BatchRows, rows - from))];
            yield return new TableBatch(taken.Length, [.. wanted.Select(w => w.Column.Take(taken).As(w.Type))]);
            await Task.CompletedTask;
        }
    }

    private MemoryColumn Find(ColumnSchema wanted)
    {
        var column = columns.FirstOrDefault(c => c.Name == wanted.Name)
            ?? throw new DataInvalidException($"'{Label}' has no column '{wanted.Name}'.");
        return wanted.Type == ColumnType.Number && column.Type != ColumnType.Number
            ? throw new DataInvalidException($"Column '{wanted.Name}' of '{Label}' holds text, not numbers.")
            : column;
    }
}
