using System.Text;

namespace Vantage.NodeAgent.Data.Odbc;

/// <summary>A connection with one statement on it. Everything that fails is an <see cref="OdbcFault"/>.</summary>
internal sealed unsafe class OdbcSession : IDisposable
{
    private const int Version3 = 3;
    private const int ReadOnly = 1;
    private const int Off = 0;
    private const int LoginSeconds = 15;
    private const short Room = 1024;
    private nint environment;
    private nint connection;
    private nint statement;
    private bool isConnected;
    private volatile bool isCancelled;

    public OdbcSession(string text, TimeSpan timeout)
    {
        try
        {
            Check(OdbcNative.Allocate(OdbcNative.Environment, 0, out environment), 0, 0);
            Check(OdbcNative.SetEnvironment(environment, OdbcNative.AttributeVersion, Version3, 0), OdbcNative.Environment, environment);
            Check(OdbcNative.Allocate(OdbcNative.Connection, environment, out connection), OdbcNative.Environment, environment);
            // Asked for, and not every driver listens.
            _ = OdbcNative.SetConnection(connection, OdbcNative.AttributeAccess, ReadOnly, 0);
            _ = OdbcNative.SetConnection(connection, OdbcNative.AttributeLoginTimeout, LoginSeconds, 0);
            Check(OdbcNative.Connect(connection, 0, text, (short)text.Length, 0, 0, 0, 0), OdbcNative.Connection, connection);
            isConnected = true;
            // What a query should write after all is never committed.
            _ = OdbcNative.SetConnection(connection, OdbcNative.AttributeAutocommit, Off, 0);
            Check(OdbcNative.Allocate(OdbcNative.Statement, connection, out statement), OdbcNative.Connection, connection);
            _ = OdbcNative.SetStatement(statement, OdbcNative.AttributeTimeout, (nint)timeout.TotalSeconds, 0);
            Database = Name();
            // SQLite's driver has no wide calls; where the manager could convert, what comes of it is not what was asked.
            Texts = Database == "SQLite" || !SpeaksUnicode() ? OdbcTexts.Narrow
                : Database is "MariaDB" or "MySQL" ? OdbcTexts.Bytes
                : OdbcTexts.Wide;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The database's kind, as its driver calls it.</summary>
    public string Database { get; }

    public OdbcTexts Texts { get; }

    public nint Statement => statement;

    /// <summary>Statements and names go in UTF-16; else in UTF-8.</summary>
    private bool IsWide => Texts != OdbcTexts.Narrow;

    public void Execute(string sql)
    {
        _ = OdbcNative.End(statement, OdbcNative.CloseCursor);
        // Ended as C ends texts: not every driver stops at the length that it is told.
        var utf8 = IsWide ? [] : Encoding.UTF8.GetBytes(sql + '\0');
        fixed (byte* narrow = utf8)
        {
            var state = IsWide ? OdbcNative.ExecuteWide(statement, sql, sql.Length) : OdbcNative.ExecuteNarrow(statement, narrow, utf8.Length - 1);
            // A statement that touches no row may say so.
            Check(state == OdbcNative.NoData ? OdbcNative.Success : state);
        }
    }

    /// <summary>None of a statement that gives no table.</summary>
    public IReadOnlyList<OdbcColumn> Columns()
    {
        Check(OdbcNative.Columns(statement, out var count));
        return [.. Enumerable.Range(1, count).Select(place => Column((ushort)place))];
    }

    /// <summary>False after the last row.</summary>
    public bool Fetch()
    {
        var state = OdbcNative.Fetch(statement);
        if (state != OdbcNative.NoData)
        {
            Check(state);
        }

        // A driver that was stopped may say that there is nothing more: that is no end of the table.
        return isCancelled ? throw new OdbcFault(OdbcFault.Cancelled) : state != OdbcNative.NoData;
    }

    /// <summary>Throws unless it went well, if need be with remarks.</summary>
    public void Check(short state) => Check(state, OdbcNative.Statement, statement);

    /// <summary>From another thread.</summary>
    public void Cancel()
    {
        isCancelled = true;
        _ = OdbcNative.Cancel(statement);
    }

    public void Dispose()
    {
        _ = statement == 0 ? 0 : OdbcNative.Free(OdbcNative.Statement, statement);
        _ = isConnected ? OdbcNative.EndTransaction(OdbcNative.Connection, connection, OdbcNative.Rollback) : 0;
        _ = isConnected ? OdbcNative.Disconnect(connection) : 0;
        _ = connection == 0 ? 0 : OdbcNative.Free(OdbcNative.Connection, connection);
        _ = environment == 0 ? 0 : OdbcNative.Free(OdbcNative.Environment, environment);
        (statement, connection, environment, isConnected) = (0, 0, 0, false);
    }

    private static void Check(short state, short kind, nint handle)
    {
        if (state is not (OdbcNative.Success or OdbcNative.SuccessWithInfo))
        {
            throw OdbcFault.Of(kind, handle);
        }
    }

    /// <summary>
    /// Between us and a driver without wide calls the manager makes letters of another alphabet into question marks, or now
    /// and then fails. So some are sent there and back.
    /// </summary>
    private bool SpeaksUnicode()
    {
        const string Probe = "SELECT 'é日'";
        var back = stackalloc char[Room];
        return OdbcNative.Translate(connection, Probe, Probe.Length, back, Room, out _) is OdbcNative.Success or OdbcNative.SuccessWithInfo
            && new string(back) == Probe;
    }

    private string Name()
    {
        var name = stackalloc byte[Room];
        Check(OdbcNative.Info(connection, OdbcNative.InfoDatabase, name, Room, out var length), OdbcNative.Connection, connection);
        return Encoding.ASCII.GetString(name, Math.Min(length, Room));
    }

    private OdbcColumn Column(ushort place)
    {
        var name = stackalloc char[Room];
        short length, type;
        nuint size;
        Check(IsWide
            ? OdbcNative.DescribeWide(statement, place, name, Room, out length, out type, out size, out _, out _)
            : OdbcNative.DescribeNarrow(statement, place, (byte*)name, Room, out length, out type, out size, out _, out _));
        length = Math.Min(length, (short)(Room - 1));
        // A driver that does not know says zero, or all bits.
        return new(IsWide ? new string(name, 0, length) : Encoding.UTF8.GetString((byte*)name, length), type, (long)Math.Min(size, int.MaxValue), Texts);
    }
}
