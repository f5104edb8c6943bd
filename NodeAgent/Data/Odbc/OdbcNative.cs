using System.Runtime.InteropServices;

namespace Vantage.NodeAgent.Data.Odbc;

/// <summary>
/// The part of ODBC 3 that reading a table takes. unixODBC and Windows have the same calls. Those that end in W speak
/// UTF-16; the others what the driver likes, which is UTF-8 for drivers that have no other.
/// </summary>
internal static unsafe partial class OdbcNative
{
    static OdbcNative() => OdbcLibrary.Resolve();

    public const short Environment = 1;
    public const short Connection = 2;
    public const short Statement = 3;
    public const short Success = 0;
    public const short SuccessWithInfo = 1;
    public const short NoData = 100;
    public const nint Missing = -1;

    public const int AttributeTimeout = 0;
    public const int AttributeRowStatus = 25;
    public const int AttributeRowsFetched = 26;
    public const int AttributeRowsAtOnce = 27;
    public const int AttributeAccess = 101;
    public const int AttributeAutocommit = 102;
    public const int AttributeLoginTimeout = 103;
    public const int AttributeVersion = 200;

    public const ushort InfoDatabase = 17;
    public const ushort CloseCursor = 0;
    public const ushort Unbind = 2;
    public const short Rollback = 1;
    public const ushort RowFailed = 5;

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLAllocHandle")]
    public static partial short Allocate(short kind, nint parent, out nint handle);

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLFreeHandle")]
    public static partial short Free(short kind, nint handle);

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLSetEnvAttr")]
    public static partial short SetEnvironment(nint environment, int attribute, nint value, int length);

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLSetConnectAttrW")]
    public static partial short SetConnection(nint connection, int attribute, nint value, int length);

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLSetStmtAttrW")]
    public static partial short SetStatement(nint statement, int attribute, nint value, int length);

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLDriverConnectW", StringMarshalling = StringMarshalling.Utf16)]
    public static partial short Connect(nint connection, nint window, string text, short length, nint output, short room, nint needed, ushort prompt);

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLDisconnect")]
    public static partial short Disconnect(nint connection);

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLGetInfo")]
    public static partial short Info(nint connection, ushort what, byte* value, short room, out short length);

    /// <summary>How the driver would say a statement: it passes through whatever is between here and there.</summary>
    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLNativeSqlW", StringMarshalling = StringMarshalling.Utf16)]
    public static partial short Translate(nint connection, string sql, int length, char* translated, int room, out int needed);

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLExecDirectW", StringMarshalling = StringMarshalling.Utf16)]
    public static partial short ExecuteWide(nint statement, string sql, int length);

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLExecDirect")]
    public static partial short ExecuteNarrow(nint statement, byte* sql, int length);

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLNumResultCols")]
    public static partial short Columns(nint statement, out short columns);

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLDescribeColW")]
    public static partial short DescribeWide(nint statement, ushort column, char* name, short room, out short length, out short type,
        out nuint size, out short digits, out short nullable);

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLDescribeCol")]
    public static partial short DescribeNarrow(nint statement, ushort column, byte* name, short room, out short length, out short type,
        out nuint size, out short digits, out short nullable);

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLBindCol")]
    public static partial short Bind(nint statement, ushort column, short form, void* cells, nint width, nint* lengths);

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLFetch")]
    public static partial short Fetch(nint statement);

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLGetData")]
    public static partial short Get(nint statement, ushort column, short form, void* value, nint room, out nint length);

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLCancel")]
    public static partial short Cancel(nint statement);

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLFreeStmt")]
    public static partial short End(nint statement, ushort what);

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLEndTran")]
    public static partial short EndTransaction(short kind, nint handle, short how);

    [LibraryImport(OdbcLibrary.Name, EntryPoint = "SQLGetDiagRecW")]
    public static partial short Diagnose(short kind, nint handle, short record, char* state, out int native, nint text, short room, nint length);
}
