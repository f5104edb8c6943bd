namespace Vantage.NodeAgent.Data.Rows;

/// <summary>The rows of a source one after the other, each with as many cells as there are columns.</summary>
internal abstract class TableRows : IDisposable
{
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Where the current row begins, as people count there: lines of a text, rows of a sheet.</summary>
    public abstract long Line { get; }

    /// <summary>What people count there.</summary>
    public virtual string Noun => "row";

    /// <summary>Goes to the next row.</summary>
    public abstract bool Read();

    /// <summary>UTF-8; valid until the next row.</summary>
    public abstract ReadOnlySpan<byte> Cell(int column);

    /// <summary>A place in it, for people.</summary>
    public abstract string Where(long line);

    /// <param name="column">Which.</param>
    /// <param name="otherwise">It would be one by the other decimal separator.</param>
    public abstract SourceException NotANumber(int column, bool otherwise);

    public abstract SourceException OtherDecimal(long line, int column);

    public abstract void Dispose();
}
