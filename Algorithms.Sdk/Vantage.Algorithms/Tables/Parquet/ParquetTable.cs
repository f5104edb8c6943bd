using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using Vantage.Algorithms.Functions;
using Vantage.Protocol.Algorithms;

namespace Vantage.Algorithms.Tables.Parquet;

/// <summary>
/// A snapshot in Parquet, read as a stream: a batch's numbers go from the file to where they are computed with, and what
/// is held in memory does not depend on the number of rows. It reads what nodes write (docs/algorithm-contract.md) and
/// refuses what else Parquet can be: a reader of everything is what the node has.
/// </summary>
/// <param name="label">How the task and the error texts call it.</param>
/// <param name="path">Where the file is.</param>
/// <param name="declared">Types that the node told.</param>
public sealed class ParquetTable(string label, string path, IReadOnlyList<ColumnSchema>? declared = null) : ITable
{
    private const int MaxRows = 4096;
    private const int MaxCells = 1 << 20;
    private const int FewestWindow = 256;

    private readonly IReadOnlyList<ColumnSchema> declared = declared ?? [];

    /// <inheritdoc/>
    public string Label => label;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ColumnSchema>> ReadSchemaAsync(CancellationToken cancellationToken)
    {
        using var file = Open();
        return new([.. Contents(file).Columns.Select(column => declared.FirstOrDefault(d => d.Name == column.Name)
            ?? new ColumnSchema(column.Name, column.Kind == ParquetKind.Bytes ? ColumnType.Text : ColumnType.Number))]);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TableBatch> ReadAsync(
        IReadOnlyList<ColumnSchema> columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var file = Open();
        var contents = Contents(file);
        var capacity = Math.Clamp(MaxCells / Math.Max(columns.Count, 1), 1, MaxRows);
        var window = Math.Max(capacity * sizeof(double), FewestWindow);
        var readings = columns.Select(c => ParquetReading.Of(file, Find(c, contents), c.Type, label, capacity, window)).ToArray();
        for (var row = 0L; row < contents.Rows;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = (int)Math.Min(capacity, contents.Rows - row);
            yield return Batch(readings, count, row);
            row += count;
        }

        await Task.CompletedTask;
    }

    private TableBatch Batch(ParquetReading[] readings, int count, long row)
    {
        try
        {
            return new TableBatch(count, Array.ConvertAll(readings, reading => reading.Read(count, row)));
        }
        catch (Exception e) when (e is ParquetFault or IOException or OverflowException or ArgumentException)
        {
            throw Damaged(e);
        }
    }

    private ParquetContents Contents(SafeFileHandle file)
    {
        try
        {
            return ParquetContents.Read(file);
        }
        catch (Exception e) when (e is ParquetFault or IOException or OverflowException or ArgumentException or IndexOutOfRangeException)
        {
            throw Damaged(e);
        }
    }

    private ParquetColumn Find(ColumnSchema wanted, ParquetContents contents)
    {
        var column = contents.Columns.FirstOrDefault(c => c.Name == wanted.Name)
            ?? throw new DataInvalidException($"'{label}' has no column '{wanted.Name}'.");
        var told = declared.FirstOrDefault(d => d.Name == wanted.Name)?.Type ?? (column.Kind == ParquetKind.Bytes ? ColumnType.Text : ColumnType.Number);
        return wanted.Type == ColumnType.Number && told == ColumnType.Text
            ? throw new DataInvalidException($"Column '{wanted.Name}' of '{label}' holds text, not numbers. Declare it under the source's 'types' if it is"
                + " a number written as text.")
            : column;
    }

    private SafeFileHandle Open()
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataInvalidException($"'{label}' cannot be opened: {e.Message}");
        }
    }

    private DataInvalidException Damaged(Exception fault) => new($"'{label}' is no Parquet snapshot, or a damaged one"
        + (fault is ParquetFault ? $": {fault.Message}." : "."));
}
