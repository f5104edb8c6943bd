using System.Text;

namespace Vantage.DuckDb;

/// <summary>An answer, some two thousand rows at a time. Numbers are read where they lie.</summary>
internal sealed unsafe class DuckReader : IDisposable
{
    private readonly DuckSession session;
    private DuckNative.Result result;
    private nint chunk;

    internal DuckReader(DuckSession session, nint? error, DuckNative.Result result)
    {
        this.session = session;
        this.result = result;
        if (error is { } reason)
        {
            var fault = session.Fault(reason);
            Dispose();
            throw fault;
        }
    }

    /// <summary>How many rows the current chunk has.</summary>
    public int Rows { get; private set; }

    /// <summary>Goes to the next chunk.</summary>
    public bool Next()
    {
        DuckNative.DestroyChunk(ref chunk);
        chunk = DuckNative.FetchChunk(result);
        if (chunk == 0)
        {
            return DuckNative.ResultError(ref result) is not 0 and var error ? throw session.Fault(error) : false;
        }

        Rows = (int)DuckNative.ChunkSize(chunk);
        return Rows > 0 || Next();
    }

    /// <summary>A column of doubles; NaN where the validity says missing.</summary>
    public ReadOnlySpan<double> Doubles(int column) => new(DuckNative.VectorData(DuckNative.ChunkVector(chunk, (ulong)column)), Rows);

    /// <summary>A column of whole numbers.</summary>
    public ReadOnlySpan<long> Longs(int column) => new(DuckNative.VectorData(DuckNative.ChunkVector(chunk, (ulong)column)), Rows);

    public bool IsMissing(int column, int row)
    {
        var validity = DuckNative.VectorValidity(DuckNative.ChunkVector(chunk, (ulong)column));
        return validity is not null && (validity[row >> 6] >> (row & 63) & 1) == 0;
    }

    /// <summary>A text as it lies there in UTF-8; valid until the next chunk. Empty where missing.</summary>
    public ReadOnlySpan<byte> Utf8(int column, int row)
    {
        if (IsMissing(column, row))
        {
            return [];
        }

        var text = (DuckNative.Text*)DuckNative.VectorData(DuckNative.ChunkVector(chunk, (ulong)column)) + row;
        return text->Length <= 12 ? new(&text->Inlined, (int)text->Length) : new(text->Pointed, (int)text->Length);
    }

    public string Text(int column, int row) => Encoding.UTF8.GetString(Utf8(column, row));

    public void Dispose()
    {
        DuckNative.DestroyChunk(ref chunk);
        DuckNative.DestroyResult(ref result);
    }
}
