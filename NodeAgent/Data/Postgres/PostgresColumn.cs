using Npgsql;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Postgres;

/// <param name="Name">As the table, view or query has it.</param>
/// <param name="Held">PostgreSQL's name of its type.</param>
internal sealed record PostgresColumn(string Name, string Held)
{
    /// <summary>Null for arrays, documents, bytes and the like, which are no cells of a table.</summary>
    public ColumnType? Natural => Held switch
    {
        "smallint" or "integer" or "bigint" or "numeric" or "real" or "double precision" or "boolean" or "oid" => ColumnType.Number,
        "bytea" or "json" or "jsonb" or "xml" or "record" or "point" or "polygon" or "tsvector" or "hstore" => null,
        [.., '[', ']'] => null,
        _ => ColumnType.Text,
    };

    /// <summary>A real is widened, not written out; a boolean is 0 or 1; what is no cell is read only for the digest.</summary>
    public string Expression => Held switch
    {
        "boolean" => $"CAST({Quoted} AS integer)",
        "real" => $"CAST({Quoted} AS double precision)",
        _ => Natural is null ? $"md5(CAST({Quoted} AS text))" : Quoted,
    } + $" AS {Quoted}";

    private string Quoted => $"\"{Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static async Task<IReadOnlyList<PostgresColumn>> OfAsync(NpgsqlConnection connection, string rows, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT * FROM {rows} LIMIT 0", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => new PostgresColumn(reader.GetName(i), Plain(reader.GetDataTypeName(i))))];
    }

    /// <summary>Without length and precision.</summary>
    private static string Plain(string type) => type.EndsWith("[]", StringComparison.Ordinal) || !type.Contains('(', StringComparison.Ordinal)
        ? type : type[..type.IndexOf('(', StringComparison.Ordinal)];
}
