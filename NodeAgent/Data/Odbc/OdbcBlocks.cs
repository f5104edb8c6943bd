using System.Runtime.InteropServices;

namespace Vantage.NodeAgent.Data.Odbc;

/// <summary>Many rows at once, in memory that the driver writes into: one call for a block instead of one for each cell.</summary>
internal sealed unsafe class OdbcBlocks : OdbcCells
{
    private const int MostBytes = 4 << 20;
    private const int MostRows = 1024;
    private readonly OdbcSession session;
    private readonly IReadOnlyList<OdbcColumn> columns;
    private readonly int rows;
    private readonly byte*[] cells;
    private readonly byte* memory;
    private readonly nint* lengths;
    private readonly ushort* states;
    private readonly nuint* fetched;
    private int row;

    public OdbcBlocks(OdbcSession session, IReadOnlyList<OdbcColumn> columns)
    {
        (this.session, this.columns) = (session, columns);
        rows = Math.Clamp(MostBytes / RowBytes(columns), 1, MostRows);
        // In this order each begins where a number of its size may.
        var counts = columns.Count * rows;
        memory = (byte*)NativeMemory.AllocZeroed((nuint)(sizeof(nuint) + (counts * sizeof(nint)) + (rows * sizeof(double)) + (RowBytes(columns) * rows)));
        fetched = (nuint*)memory;
        lengths = (nint*)(fetched + 1);
        states = (ushort*)(lengths + counts);
        cells = new byte*[columns.Count];
        var next = (byte*)states + (rows * sizeof(double));
        for (var i = 0; i < cells.Length; next += columns[i].Width * rows, i++)
        {
            cells[i] = next;
        }

        try
        {
            Bind();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>False for tables so wide that a block of them would be one row.</summary>
    public static bool Fits(IReadOnlyList<OdbcColumn> columns) => RowBytes(columns) <= MostBytes;

    public override bool Read()
    {
        if (++row < (int)*fetched)
        {
            return true;
        }

        (row, *fetched) = (0, 0);
        if (!session.Fetch() || *fetched == 0)
        {
            return false;
        }

        for (; row < (int)*fetched; row++)
        {
            if (states[row] == OdbcNative.RowFailed)
            {
                throw Failed();
            }
        }

        row = 0;
        return true;
    }

    public override bool TryGet(int column, out ReadOnlySpan<byte> cell)
    {
        var (length, width) = (lengths[(column * rows) + row], columns[column].Width);
        if (length != OdbcNative.Missing && (length < 0 || length > width - columns[column].Terminator))
        {
            throw new OdbcLongCell();
        }

        cell = length < 0 ? default : new(cells[column] + ((long)width * row), (int)length);
        return length != OdbcNative.Missing;
    }

    /// <summary>The driver forgets this memory before it goes: closing a statement, some still write to it.</summary>
    public override void Dispose()
    {
        _ = OdbcNative.End(session.Statement, OdbcNative.CloseCursor);
        _ = OdbcNative.End(session.Statement, OdbcNative.Unbind);
        foreach (var (attribute, none) in ((int, nint)[])[(OdbcNative.AttributeRowsAtOnce, 1), (OdbcNative.AttributeRowsFetched, 0), (OdbcNative.AttributeRowStatus, 0)])
        {
            _ = OdbcNative.SetStatement(session.Statement, attribute, none, 0);
        }

        NativeMemory.Free(memory);
    }

    private static int RowBytes(IReadOnlyList<OdbcColumn> columns) => columns.Sum(column => column.Width);

    /// <summary>The call went well, and a row of it did not; with some drivers since a cell of it has too little room.</summary>
    private OdbcFault Failed()
    {
        for (var i = 0; i < cells.Length; i++)
        {
            _ = TryGet(i, out _);
        }

        return OdbcFault.Of(OdbcNative.Statement, session.Statement);
    }

    private void Bind()
    {
        Set(OdbcNative.AttributeRowsAtOnce, rows);
        Set(OdbcNative.AttributeRowsFetched, (nint)fetched);
        Set(OdbcNative.AttributeRowStatus, (nint)states);
        for (var i = 0; i < cells.Length; i++)
        {
            session.Check(OdbcNative.Bind(session.Statement, (ushort)(i + 1), (short)columns[i].Form, cells[i], columns[i].Width, lengths + (i * rows)));
        }
    }

    private void Set(int attribute, nint value) => session.Check(OdbcNative.SetStatement(session.Statement, attribute, value, 0));
}

/// <summary>A cell is longer than the driver said cells of its column are: the statement is to be read in pieces.</summary>
internal sealed class OdbcLongCell : Exception;
