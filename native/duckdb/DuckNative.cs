using System.Runtime.InteropServices;

namespace Vantage.DuckDb;

/// <summary>The part of DuckDB's C API that Vantage calls; duckdb.h of version 1.5 says what each function does.</summary>
internal static unsafe partial class DuckNative
{
    static DuckNative() => DuckLibrary.Resolve();

    public const int Success = 0;

    /// <summary>Opaque to us, and passed by value where it is read.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Result
    {
        private readonly ulong columns, rows, changed;
        private readonly nint deprecated, error, inner;
    }

    /// <summary>Up to twelve bytes lie in it, longer texts where it points.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 16)]
    public struct Text
    {
        [FieldOffset(0)]
        public uint Length;

        [FieldOffset(4)]
        public byte Inlined;

        [FieldOffset(8)]
        public byte* Pointed;
    }

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_create_config")]
    public static partial int CreateConfig(out nint config);

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_set_config", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetConfig(nint config, string name, string value);

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_destroy_config")]
    public static partial void DestroyConfig(ref nint config);

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_open_ext", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string? path, out nint database, nint config, out nint error);

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_close")]
    public static partial void Close(ref nint database);

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_connect")]
    public static partial int Connect(nint database, out nint connection);

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_disconnect")]
    public static partial void Disconnect(ref nint connection);

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_interrupt")]
    public static partial void Interrupt(nint connection);

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_free")]
    public static partial void Free(nint memory);

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_query", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Query(nint connection, string sql, out Result result);

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_prepare", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Prepare(nint connection, string sql, out nint statement);

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_prepare_error")]
    public static partial nint PrepareError(nint statement);

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_destroy_prepare")]
    public static partial void DestroyPrepare(ref nint statement);

    /// <summary>Rows come chunk by chunk, instead of all at once.</summary>
    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_execute_prepared_streaming")]
    public static partial int ExecuteStreaming(nint statement, out Result result);

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_destroy_result")]
    public static partial void DestroyResult(ref Result result);

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_result_error")]
    public static partial nint ResultError(ref Result result);

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_rows_changed")]
    public static partial ulong RowsChanged(ref Result result);

    /// <summary>Zero after the last one, or after a fault, which the result then tells.</summary>
    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_fetch_chunk")]
    public static partial nint FetchChunk(Result result);

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_destroy_data_chunk")]
    public static partial void DestroyChunk(ref nint chunk);

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_data_chunk_get_size")]
    public static partial ulong ChunkSize(nint chunk);

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_data_chunk_get_vector")]
    public static partial nint ChunkVector(nint chunk, ulong column);

    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_vector_get_data")]
    public static partial void* VectorData(nint vector);

    /// <summary>A bit a row; null where nothing is missing.</summary>
    [LibraryImport(DuckLibrary.Name, EntryPoint = "duckdb_vector_get_validity")]
    public static partial ulong* VectorValidity(nint vector);
}
