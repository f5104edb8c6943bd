using Npgsql;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Tests.Coordinator.Persistence;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.Coordinator.Accounts.Devices;

/// <summary>Whoever was certified before there were devices has one after the upgrade, under the id of its signing key.</summary>
public sealed class DeviceMigrationTests(FreshDatabase fresh) : IClassFixture<FreshDatabase>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheCertificatesOfAnAccount_BecomeItsFirstDevice()
    {
        var ada = new Partner("A hospital whose name is long enough to move what follows");
        var migration = Migration.Embedded.Single(known => known.Name == "0270_devices");
        await using var connection = await fresh.Superuser.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await ExecuteAsync(connection,
            """
            DROP TABLE account_device;
            ALTER TABLE account ADD COLUMN signing_certificate bytea, ADD COLUMN encryption_certificate bytea;
            """);
        await ExecuteAsync(connection, "INSERT INTO organization (id, name) VALUES ($1, 'North')", ada.Id.Value);
        const string Account = "INSERT INTO account (id, organization_id, name, roles, signing_certificate, encryption_certificate) VALUES ($1, $2, $3, '{researcher}', $4, $5)";
        await ExecuteAsync(connection, Account, ada.User.Value, ada.Id.Value, "Ada", ada.UserSigning.Der.ToArray(), ada.UserEncryption.Der.ToArray());
        await ExecuteAsync(connection, Account, Guid.CreateVersion7(), ada.Id.Value, "Not certified yet", DBNull.Value, DBNull.Value);

        // As the program does it: its login is bound by row-level security.
        await ExecuteAsync(connection, $"SET LOCAL ROLE \"{new NpgsqlConnectionStringBuilder(fresh.Logins.Owner).Username}\"");
        await ExecuteAsync(connection, migration.Sql);
        await using var command = new NpgsqlCommand(
            "SELECT account_id, signing_key, organization_id, signing_certificate, encryption_certificate FROM account_device", connection);
        await using var row = await command.ExecuteReaderAsync(Stop);

        Assert.True(await row.ReadAsync(Stop));
        Assert.Equal((ada.User.Value, ada.UserSigning.KeyId, ada.Id.Value),
            (row.GetGuid(0), KeyId.FromBytes(row.GetFieldValue<byte[]>(1)), row.GetGuid(2)));
        Assert.Equal(ada.UserSigning.KeyId, Certificate.Parse(row.GetFieldValue<byte[]>(3)).KeyId);
        Assert.Equal(ada.UserEncryption.KeyId, Certificate.Parse(row.GetFieldValue<byte[]>(4)).KeyId);
        Assert.False(await row.ReadAsync(Stop));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(value is DBNull ? new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea } : new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(Stop);
    }
}
