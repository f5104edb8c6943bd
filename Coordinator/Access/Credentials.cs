using System.Collections.Concurrent;
using Npgsql;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Access;

/// <summary>Who a bearer secret belongs to.</summary>
internal abstract record CredentialCheck
{
    private CredentialCheck()
    {
    }

    public sealed record Known(Caller Caller) : CredentialCheck;

    public sealed record Expired : CredentialCheck;

    /// <summary>Never issued, revoked, or mistyped: nobody is told which.</summary>
    public sealed record Unknown : CredentialCheck;
}

/// <summary>
/// Looks credentials up by hash and remembers the answer, whichever it is, for under a second: a revocation holds
/// everywhere within one without any replica having to be told.
/// </summary>
internal sealed class Credentials(Database database, TimeProvider time)
{
    /// <summary>Less than the promised second, for the time the lookup itself takes.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMilliseconds(800);
    private const int MostRemembered = 20_000;

    private readonly ConcurrentDictionary<string, (CredentialCheck Check, DateTimeOffset Until)> remembered = new();

    public async ValueTask<CredentialCheck> CheckAsync(SecretText secret, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexString(secret.Hash);
        var now = time.GetUtcNow();
        if (remembered.TryGetValue(key, out var entry) && now < entry.Until)
            return entry.Check;
        var check = await LookUpAsync(secret, cancellationToken);
        if (remembered.Count >= MostRemembered)
            remembered.Clear();
        // Counted from before the lookup: what it saw may already be as old as that.
        remembered[key] = (check, now + Remembered);
        return check;
    }

    /// <summary>
    /// After a change of who belongs where, so that people see at once what they have just made. Another replica notices
    /// when its memory runs out.
    /// </summary>
    public void Forget() => remembered.Clear();

    private async Task<CredentialCheck> LookUpAsync(SecretText secret, CancellationToken cancellationToken)
    {
        await using var command = database.Unscoped.CreateCommand(secret.Prefix switch
        {
            SecretText.ApiToken => "SELECT * FROM find_token($1)",
            SecretText.UserSession => "SELECT * FROM find_session($1, $2)",
            _ => "SELECT * FROM find_node_session($1)",
        });
        command.Parameters.Add(new() { Value = secret.Hash });
        if (secret.Prefix == SecretText.UserSession)
            command.Parameters.Add(new() { Value = time.GetUtcNow() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return new CredentialCheck.Unknown();
        if (reader.GetBoolean(reader.GetOrdinal("expired")))
            return new CredentialCheck.Expired();
        return new CredentialCheck.Known(secret.Prefix switch
        {
            SecretText.ApiToken => ReadUser(reader),
            SecretText.UserSession => ReadSession(reader),
            _ => ReadNode(reader),
        });
    }

    private static UserCaller ReadUser(NpgsqlDataReader row) => new(
        new UserId(row.GetGuid(1)),
        row.GetString(2),
        [.. row.GetFieldValue<string[]>(3).Select(RoleNames.Parse)],
        row.IsDBNull(4) ? null : new OrganizationId(row.GetGuid(4)),
        new TokenId(row.GetGuid(0)),
        row.GetFieldValue<DateTimeOffset>(5),
        row.GetFieldValue<Guid[]>(7).Select(id => new CollaborationId(id)).ToHashSet(),
        row.GetFieldValue<Guid[]>(8).Select(id => new OrganizationId(id)).ToHashSet());

    private static UserCaller ReadSession(NpgsqlDataReader row) =>
        ReadUser(row).By(new UserSessionId(row.GetGuid(0)), row.GetFieldValue<DateTimeOffset>(9));

    private static NodeCaller ReadNode(NpgsqlDataReader row) => new(
        new NodeId(row.GetGuid(1)),
        row.GetString(2),
        new OrganizationId(row.GetGuid(3)),
        row.GetGuid(0),
        row.GetFieldValue<DateTimeOffset>(4),
        row.GetFieldValue<Guid[]>(6).Select(id => new CollaborationId(id)).ToHashSet());
}
