using System.Globalization;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Data.Odbc;

/// <summary>What can be wrong with a source behind ODBC, in words.</summary>
internal sealed class OdbcFaults(OdbcSettings settings) : SourceFaults(settings.Words)
{
    public SourceException Of(OdbcFault fault) => new(fault.State.StartsWith("22", StringComparison.Ordinal) ? RunCodes.DataInvalid : RunCodes.DataUnavailable,
        $"{Source}: {Words(fault.State)} (SQLSTATE {fault.State}{(fault.Number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", number {fault.Number}"))}).");

    public SourceException TooLong() => new(RunCodes.DataUnavailable,
        $"{Source}: it took longer than the {settings.Timeout.TotalSeconds} s that the source's 'timeoutSeconds' allow.");

    public SourceException NotInstalled() => new(RunCodes.DataUnavailable,
        $"{Source}: this host has no ODBC. On Debian: apt-get install unixodbc, and the database's driver.");

    public SourceException MayWrite(string what) => new(RunCodes.DataUnavailable,
        $"{Source}: the user that the node signs in as {what}, and a node reads only. The node's admin should make one that can do nothing"
        + " but SELECT on what is needed (docs/data.md).");

    public SourceException NoRows() => new(RunCodes.DataUnavailable, $"{Source}: the query gives no table. A source is a SELECT.");

    public SourceException SameName(string name) => SourceException.Invalid(
        $"{Source}: two columns are called '{name}'. Name them apart in the query.");

    public SourceException NotANumber(long row, string column) => At(row, column,
        "not a number, though the database or the source's 'types' say that the column holds numbers. Are all codes for missing values listed under 'missing'?");

    public SourceException TooLarge(long row, string column, int mebibytes) => At(row, column,
        $"more than {mebibytes} MiB in one cell. Leave the column out by a query or view.");

    public SourceException Nul(long row, string column) => At(row, column, "a NUL character, and tables hold text.");

    public SourceException Undecodable(long row, string column) => At(row, column,
        "what the driver gives is no text of Unicode. Is the connection's character set UTF-8?");

    private SourceException At(long row, string column, string problem) => SourceException.Invalid($"{Source}, row {row}, column '{column}': {problem}");

    private static string Words(string state) => state switch
    {
        "IM002" or "IM003" or "IM004" or "01000" => "the driver or data source that 'connection' names is not there, or can't be loaded. 'odbcinst -q -d' lists the host's drivers",
        "28000" or "28P01" => "the database does not accept the user or password",
        ['0', '8', ..] or "57P01" => "the database can't be reached, or the connection broke off",
        "42S02" or "42P01" => "there is no such table or view (any more). Was it dropped or renamed?",
        "42S22" or "42000" or "42601" or "42703" => "the table or query is not what the database understands, or may not be read",
        "42501" => "the user may not read it",
        "HYT00" or "HYT01" or OdbcFault.Cancelled or "57014" => "the database broke the reading off: it took longer than allowed",
        ['2', '2', ..] => "the database can't compute a row of the query or view",
        "25006" => "the query writes, and a source is only read",
        _ => "the database or its driver refuses the reading. Is the table still there, and may the user read it?",
    };
}
