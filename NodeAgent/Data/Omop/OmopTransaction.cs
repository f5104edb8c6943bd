using System.Globalization;
using Npgsql;
using Vantage.NodeAgent.Data.Postgres;

namespace Vantage.NodeAgent.Data.Omop;

/// <summary>Gives the transaction what the statement reads, and looks whether the vocabulary knows the concepts.</summary>
internal static class OmopTransaction
{
    public static async Task PrepareAsync(NpgsqlConnection connection, OmopTable table, PostgresFaults faults, CancellationToken cancellationToken)
    {
        var settings = OmopSql.Settings(table);
        await using (var given = new NpgsqlCommand("SELECT set_config(name, value, true) FROM unnest($1, $2) AS s(name, value)", connection)
        {
            Parameters = { new() { Value = settings.Keys.ToArray() }, new() { Value = settings.Values.ToArray() } },
        })
        {
            await given.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var look = new NpgsqlCommand(OmopSql.Unknown, connection) { Parameters = { new() { Value = OmopSql.Concepts(table) } } };
        if (await look.ExecuteScalarAsync(cancellationToken) is int unknown)
        {
            throw faults.NoConcept(unknown.ToString(CultureInfo.InvariantCulture));
        }
    }
}
