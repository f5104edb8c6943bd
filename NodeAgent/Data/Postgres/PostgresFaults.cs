using Npgsql;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Data.Postgres;

/// <summary>
/// What can be wrong with a PostgreSQL source. The server's own words may quote cells, names and addresses: of them only
/// the code is passed on.
/// </summary>
internal sealed class PostgresFaults(PostgresSettings settings) : SourceFaults(settings.Words)
{
    public SourceException Of(NpgsqlException fault) => fault is PostgresException { SqlState: { } state }
        ? new SourceException(state.StartsWith("22", StringComparison.Ordinal) ? RunCodes.DataInvalid : RunCodes.DataUnavailable,
            $"{Source}: {Words(state)} (SQLSTATE {state}).")
        : new SourceException(RunCodes.DataUnavailable,
            $"{Source}: the database can't be reached, or the connection broke off. The node's admin sees by 'vantage node check' whether"
            + " the address, TLS and password are right.");

    public SourceException MayWrite(string what) => new(RunCodes.DataUnavailable,
        $"{Source}: the role that the node signs in as {what}, and a node reads only. The node's admin should make a role that can do"
        + " nothing but SELECT on what is needed (docs/data.md).");

    public SourceException NoConcept(string id) => SourceException.Invalid(
        $"{Source}: its vocabulary has no concept {id}, which 'omop:' in node.yaml names. A misspelt id would count nobody, so nothing was read.");

    private static string Words(string state) => state switch
    {
        "28P01" or "28000" => "the database does not accept the node's user or password",
        "3D000" => "there is no such database",
        "42P01" => "there is no such table or view (any more). Was it dropped or renamed?",
        "42702" => "two columns of the query have the same name",
        "42703" or "42601" or "42883" => "the query names a column or function that is not there, or is no SQL",
        "42501" => "the node's role may not read it",
        "57014" => "the database broke the reading off: it took longer than allowed",
        "57P01" or "57P02" or "57P03" => "the database is shutting down or starting",
        "53300" => "the database has no connection left",
        "25006" => "the query writes, and a source is only read",
        ['2', '2', ..] => "the database can't compute a row of the query or view",
        _ => "the database refuses the reading",
    };
}
