using System.Globalization;
using System.Runtime.InteropServices;

namespace Vantage.DuckDb;

/// <summary>
/// One use of DuckDB: a database in memory that reaches the files it is given and nothing else, within its caps, and that
/// can't be told otherwise any more.
/// </summary>
internal sealed class DuckSession : IDisposable
{
    private readonly CancellationToken cancellationToken;
    private readonly CancellationTokenRegistration interruption;
    private nint database;
    private nint connection;

    /// <param name="caps">What it may take.</param>
    /// <param name="files">All that it may read or write.</param>
    /// <param name="temp">Where it may put what does not fit into memory; made when needed, and taken away.</param>
    /// <param name="cancellationToken">Stops whatever runs, within milliseconds.</param>
    public DuckSession(DuckCaps caps, IEnumerable<string> files, string temp, CancellationToken cancellationToken)
    {
        this.cancellationToken = cancellationToken;
        cancellationToken.ThrowIfCancellationRequested();
        database = Open(caps, temp);
        try
        {
            if (DuckNative.Connect(database, out connection) != DuckNative.Success)
            {
                throw new DuckException("no connection");
            }

            // In this order: what is allowed can't be said any more after the door is shut.
            Run($"SET allowed_paths = [{string.Join(", ", files.Select(Quoted))}]");
            Run("SET enable_external_access = false");
            Run("SET lock_configuration = true");
            interruption = cancellationToken.UnsafeRegister(_ => DuckNative.Interrupt(connection), null);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>A text as SQL writes it.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A name as SQL writes it.</summary>
    public static string Named(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>How many rows it wrote, for a statement that writes.</summary>
    public long Run(string sql)
    {
        var state = DuckNative.Query(connection, sql, out var result);
        try
        {
            return state == DuckNative.Success ? (long)DuckNative.RowsChanged(ref result) : throw Fault(DuckNative.ResultError(ref result));
        }
        finally
        {
            DuckNative.DestroyResult(ref result);
        }
    }

    /// <summary>Asks, and reads the answer as it comes.</summary>
    public DuckReader Read(string sql)
    {
        var state = DuckNative.Prepare(connection, sql, out var statement);
        try
        {
            if (state != DuckNative.Success)
            {
                throw Fault(DuckNative.PrepareError(statement));
            }

            state = DuckNative.ExecuteStreaming(statement, out var result);
            return new DuckReader(this, state == DuckNative.Success ? null : DuckNative.ResultError(ref result), result);
        }
        finally
        {
            DuckNative.DestroyPrepare(ref statement);
        }
    }

    public void Dispose()
    {
        // Waits for an interruption that is on its way, so that none comes to a connection that is closed.
        interruption.Dispose();
        DuckNative.Disconnect(ref connection);
        DuckNative.Close(ref database);
    }

    internal Exception Fault(nint error) => cancellationToken.IsCancellationRequested
        ? new OperationCanceledException(cancellationToken)
        : new DuckException(Marshal.PtrToStringUTF8(error) ?? "no reason given");

    private static nint Open(DuckCaps caps, string temp)
    {
        if (DuckLibrary.Path is null)
        {
            throw new DllNotFoundException(DuckLibrary.Absence);
        }

        _ = DuckNative.CreateConfig(out var config);
        try
        {
            foreach (var (name, value) in Settings(caps, temp))
            {
                if (DuckNative.SetConfig(config, name, value) != DuckNative.Success)
                {
                    throw new DuckException($"no setting {name}");
                }
            }

            if (DuckNative.Open(null, out var database, config, out var error) != DuckNative.Success)
            {
                var reason = Marshal.PtrToStringUTF8(error);
                DuckNative.Free(error);
                throw new DuckException(reason ?? "no reason given");
            }

            return database;
        }
        finally
        {
            DuckNative.DestroyConfig(ref config);
        }
    }

    private static IEnumerable<(string Name, string Value)> Settings(DuckCaps caps, string temp)
    {
        yield return ("memory_limit", string.Create(CultureInfo.InvariantCulture, $"{caps.MemoryMiB}MiB"));
        yield return ("threads", caps.Threads.ToString(CultureInfo.InvariantCulture));
        yield return ("temp_directory", temp);
        yield return ("max_temp_directory_size", string.Create(CultureInfo.InvariantCulture, $"{caps.TempMiB}MiB"));
        yield return ("autoinstall_known_extensions", "false");
        yield return ("autoload_known_extensions", "false");
    }
}
