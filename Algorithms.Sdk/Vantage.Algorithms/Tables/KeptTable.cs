using System.Runtime.CompilerServices;
using Vantage.Protocol.Algorithms;

namespace Vantage.Algorithms.Tables;

/// <summary>
/// A table whose columns are kept in memory once they were read, for a program that is asked many things of one table. What
/// does not fit is read anew each time. For one reader at a time.
/// </summary>
/// <param name="inner">The table. It stays as it is.</param>
/// <param name="room">How many cells are kept.</param>
public sealed class KeptTable(ITable inner, long room) : ITable
{
    private readonly Dictionary<ColumnSchema, List<BatchColumn>> kept = [];
    private List<int>? rows;
    private IReadOnlyList<ColumnSchema>? schema;
    private long cells;

    /// <inheritdoc/>
    public string Label => inner.Label;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ColumnSchema>> ReadSchemaAsync(CancellationToken cancellationToken) =>
        schema ??= await inner.ReadSchemaAsync(cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<TableBatch> ReadAsync(
        IReadOnlyList<ColumnSchema> columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ColumnSchema[] wanted = [.. columns.Select(Plain)];
        if (wanted.Any(column => !kept.ContainsKey(column)))
            await KeepAsync([.. wanted.Where(column => !kept.ContainsKey(column)).Distinct()], cancellationToken);
        if (rows is null || wanted.Any(column => !kept.ContainsKey(column)))
        {
            await foreach (var batch in inner.ReadAsync(columns, cancellationToken))
                yield return batch;
            yield break;
        }

        var lists = Array.ConvertAll(wanted, column => kept[column]);
        for (var i = 0; i < rows.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new TableBatch(rows[i], Array.ConvertAll(lists, list => list[i]));
        }
    }

    /// <summary>Reads one column after the other is no more work for the file's bytes than it saves: all that is missing is read at once.</summary>
    private async Task KeepAsync(IReadOnlyList<ColumnSchema> missing, CancellationToken cancellationToken)
    {
        var counts = new List<int>();
        var read = missing.Select(_ => new List<BatchColumn>()).ToList();
        var taken = 0L;
        await foreach (var batch in inner.ReadAsync(missing, cancellationToken))
        {
            taken += (long)batch.Rows * missing.Count;
            if (cells + taken > room)
                return;
            counts.Add(batch.Rows);
            for (var i = 0; i < missing.Count; i++)
                read[i].Add(Copy(batch.Columns[i]));
        }

        // Tables cut their rows by how many columns are asked for: what was cut otherwise does not lie beside what is kept.
        if (missing.Count == 0 || (rows is not null && !rows.SequenceEqual(counts)))
            return;
        rows = counts;
        cells += taken;
        foreach (var (column, batches) in missing.Zip(read))
            kept[column] = batches;
    }

    /// <summary>A batch is valid until the next one is asked for.</summary>
    private static BatchColumn Copy(BatchColumn column) => column switch
    {
        NumberColumn numbers => numbers with { Values = numbers.Values.ToArray() },
        TextColumn texts => new TextColumn(texts.Codes.ToArray(), [.. texts.Levels]),
        _ => throw new InvalidOperationException($"No copy of a {column.GetType().Name}."),
    };

    private static ColumnSchema Plain(ColumnSchema column) => new(column.Name, column.Type);
}
