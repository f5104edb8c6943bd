using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.SignIn;

/// <summary>Finds who signs in under a name: one query, whether there is somebody or not.</summary>
internal sealed class People(Database database)
{
    public async Task<KnownPerson?> FindAsync(string typed, CancellationToken cancellationToken)
    {
        await using var command = database.Unscoped.CreateCommand("SELECT * FROM find_sign_in($1)");
        command.Parameters.Add(new() { Value = Login.Normal(typed) });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
            return null;
        return new KnownPerson(
            new UserId(row.GetGuid(0)),
            row.IsDBNull(1) ? null : new OrganizationId(row.GetGuid(1)),
            row.GetString(2),
            row.GetString(3),
            row.IsDBNull(4) ? null : row.GetString(4),
            row.IsDBNull(5) ? null : row.GetString(5),
            row.GetBoolean(6),
            row.IsDBNull(7) ? null : row.GetString(7),
            row.IsDBNull(8) ? null : row.GetFieldValue<byte[]>(8),
            row.GetBoolean(9));
    }
}
