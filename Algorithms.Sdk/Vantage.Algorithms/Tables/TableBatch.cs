namespace Vantage.Algorithms.Tables;

/// <summary>Some consecutive rows of the columns that were asked for.</summary>
/// <param name="Rows">How many rows; at least 1.</param>
/// <param name="Columns">One per column asked for: a <see cref="NumberColumn"/> or a <see cref="TextColumn"/>.</param>
public sealed record TableBatch(int Rows, IReadOnlyList<BatchColumn> Columns)
{
    /// <summary>The column at this place of those asked for.</summary>
    /// <exception cref="InvalidCastException">It was not asked for as numbers.</exception>
    public NumberColumn Numbers(int column) => (NumberColumn)Columns[column];

    /// <summary>The column at this place of those asked for.</summary>
    /// <exception cref="InvalidCastException">It was not asked for as text.</exception>
    public TextColumn Texts(int column) => (TextColumn)Columns[column];
}

/// <summary>One column of a batch.</summary>
public abstract record BatchColumn;

/// <param name="Values">One finite double per row, NaN where the cell is missing.</param>
/// <param name="Missing">How many are missing.</param>
public sealed record NumberColumn(ReadOnlyMemory<double> Values, int Missing) : BatchColumn;

/// <param name="Codes">One per row: the index of its level, or −1 where the cell is missing.</param>
/// <param name="Levels">
/// The distinct texts of this batch, in the order of their first row. Other batches number anew.
/// </param>
public sealed record TextColumn(ReadOnlyMemory<int> Codes, IReadOnlyList<string> Levels) : BatchColumn;
