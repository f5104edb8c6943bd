using Vantage.Protocol.Algorithms;

namespace Vantage.Algorithms.Tables;

/// <summary>
/// Rows and columns beside which a function runs, read column by column in batches, so that memory does not grow with
/// the table.
/// </summary>
public interface ITable
{
    /// <summary>The name by which the task and the error texts speak of it.</summary>
    string Label { get; }

    /// <summary>All columns in the table's order with their types. May read the whole table to find them.</summary>
    ValueTask<IReadOnlyList<ColumnSchema>> ReadSchemaAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Reads some columns from the first row to the last. Any column can be read as text: its distinct values are then
    /// the levels of a category.
    /// </summary>
    /// <param name="columns">Which, and as what. The batches hold them in this order.</param>
    /// <param name="cancellationToken">Looked at between batches.</param>
    /// <returns>Batches of at least one row. A batch is valid until the next one is asked for.</returns>
    /// <exception cref="Functions.DataInvalidException">
    /// A column is not there, or a cell is not a number; the text says which and where, never what is in it.
    /// </exception>
    IAsyncEnumerable<TableBatch> ReadAsync(IReadOnlyList<ColumnSchema> columns, CancellationToken cancellationToken);
}
