using System.Runtime.CompilerServices;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Algorithms;

namespace Statistics.Tests.Disclosure.Filter;

/// <summary>A table whose columns are read from their file once, as they are asked for, however many questions there are.</summary>
internal sealed class KeptTable(ITable file) : ITable
{
    private readonly Dictionary<ColumnSchema, (int Rows, BatchColumn Cells)> columns = [];
    private IReadOnlyList<ColumnSchema>? schema;

    public string Label => file.Label;

    public async ValueTask<IReadOnlyList<ColumnSchema>> ReadSchemaAsync(CancellationToken cancellationToken) =>
        schema ??= await file.ReadSchemaAsync(cancellationToken);

    public async IAsyncEnumerable<TableBatch> ReadAsync(IReadOnlyList<ColumnSchema> wanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cells = new List<(int Rows, BatchColumn Cells)>();
        foreach (var column in wanted)
            cells.Add(columns.TryGetValue(column, out var kept) ? kept : columns[column] = await KeepAsync(column, cancellationToken));
        if (cells[0].Rows > 0)
            yield return new TableBatch(cells[0].Rows, [.. cells.Select(c => c.Cells)]);
    }

    private async Task<(int Rows, BatchColumn Cells)> KeepAsync(ColumnSchema column, CancellationToken cancellationToken)
    {
        var (numbers, texts) = (new List<double>(), new List<string?>());
        await foreach (var batch in file.ReadAsync([column], cancellationToken))
        {
            if (column.Type == ColumnType.Number)
                numbers.AddRange(batch.Numbers(0).Values.Span);
            else
                texts.AddRange(batch.Texts(0).Codes.ToArray().Select(code => code < 0 ? null : batch.Texts(0).Levels[code]));
        }

        return column.Type == ColumnType.Number
            ? (numbers.Count, new NumberColumn(numbers.ToArray(), numbers.Count(double.IsNaN)))
            : (texts.Count, Categories(texts));
    }

    private static TextColumn Categories(List<string?> texts)
    {
        var levels = texts.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return new TextColumn(texts.Select(t => t is null ? -1 : levels.IndexOf(t)).ToArray(), levels);
    }
}
