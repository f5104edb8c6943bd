namespace Vantage.NodeAgent.Data.Odbc;

/// <summary>
/// What went wrong, by ODBC's own five letters and the database's number: what a driver says besides may quote cells,
/// names and passwords, and is not asked for.
/// </summary>
internal sealed class OdbcFault(string state, int number = 0) : Exception($"SQLSTATE {state}")
{
    /// <summary>ODBC's word for what was cancelled.</summary>
    public const string Cancelled = "HY008";

    public string State => state;

    public int Number => number;

    public static unsafe OdbcFault Of(short kind, nint handle)
    {
        var letters = stackalloc char[6];
        return handle != 0 && OdbcNative.Diagnose(kind, handle, 1, letters, out var number, 0, 0, 0) is OdbcNative.Success or OdbcNative.SuccessWithInfo
            ? new OdbcFault(new string(letters, 0, 5), number)
            : new OdbcFault("HY000");
    }
}
