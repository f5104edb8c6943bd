using Vantage.Algorithms.Functions;
using Vantage.Protocol.Algorithms;

namespace Vantage.Algorithms.Tables;

/// <summary>Some columns of a table: the others are not there for whoever is given this one.</summary>
/// <param name="whole">The table.</param>
/// <param name="seen">Those that are seen.</param>
public sealed class SeenTable(ITable whole, IReadOnlyCollection<string> seen) : ITable
{
    /// <inheritdoc/>
    public string Label => whole.Label;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ColumnSchema>> ReadSchemaAsync(CancellationToken cancellationToken) =>
        [.. (await whole.ReadSchemaAsync(cancellationToken)).Where(column => seen.Contains(column.Name))];

    /// <inheritdoc/>
    public IAsyncEnumerable<TableBatch> ReadAsync(IReadOnlyList<ColumnSchema> columns, CancellationToken cancellationToken) =>
        columns.FirstOrDefault(column => !seen.Contains(column.Name)) is { } hidden
            ? throw new DataInvalidException($"'{Label}' has no column '{hidden.Name}'.")
            : whole.ReadAsync(columns, cancellationToken);
}
