using System.Text;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Tables.Csv;
using Vantage.Protocol.Algorithms;

namespace Vantage.Tests.Algorithms;

/// <summary>A CSV file of a test, and what reading it gives.</summary>
internal sealed class CsvFile : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public CsvFile(string text, Encoding? encoding = null)
        : this((encoding ?? new UTF8Encoding(false)).GetBytes(text))
    {
    }

    public CsvFile(byte[] bytes) => File.WriteAllBytes(path, bytes);

    public CsvOptions? Options { get; init; }

    public IReadOnlyList<ColumnSchema>? Schema { get; init; }

    public CsvTable Table => new("patients", path, Options, Schema);

    public ValueTask<IReadOnlyList<ColumnSchema>> SchemaAsync() => Table.ReadSchemaAsync(TestContext.Current.CancellationToken);

    /// <summary>One column as numbers, null where missing.</summary>
    public async Task<IReadOnlyList<double?>> NumbersAsync(string column)
    {
        var cells = new List<double?>();
        await foreach (var batch in ReadAsync(new ColumnSchema(column, ColumnType.Number)))
        {
            var values = batch.Numbers(0);
            Assert.Equal(values.Missing, values.Values.ToArray().Count(double.IsNaN));
            cells.AddRange(values.Values.ToArray().Select(v => double.IsNaN(v) ? null : (double?)v));
        }

        return cells;
    }

    /// <summary>One column as text, null where missing.</summary>
    public async Task<IReadOnlyList<string?>> TextsAsync(string column)
    {
        var cells = new List<string?>();
        await foreach (var batch in ReadAsync(new ColumnSchema(column, ColumnType.Text)))
        {
            var texts = batch.Texts(0);
            cells.AddRange(texts.Codes.ToArray().Select(c => c < 0 ? null : texts.Levels[c]));
        }

        return cells;
    }

    public async Task<string> FaultAsync(string column, ColumnType type = ColumnType.Number)
    {
        var fault = await Assert.ThrowsAsync<DataInvalidException>(
            () => type == ColumnType.Number ? (Task)NumbersAsync(column) : TextsAsync(column));
        return fault.Message;
    }

    public void Dispose() => File.Delete(path);

    private IAsyncEnumerable<TableBatch> ReadAsync(params ColumnSchema[] columns) =>
        Table.ReadAsync(columns, TestContext.Current.CancellationToken);
}
