namespace Vantage.NodeAgent.Data.Odbc;

/// <summary>The cells of a statement's rows, as the driver gives them.</summary>
internal abstract class OdbcCells : IDisposable
{
    /// <summary>Goes to the next row.</summary>
    public abstract bool Read();

    /// <summary>Valid until the next row; false where missing.</summary>
    public abstract bool TryGet(int column, out ReadOnlySpan<byte> cell);

    public abstract void Dispose();
}
