using System.Collections.Concurrent;
using Npgsql;
using Vantage.Coordinator.Access.Permissions;
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

    private Task<CredentialCheck> LookUpAsync(SecretText secret, CancellationToken cancellationToken) => secret.Prefix switch
    {
        SecretText.ApiToken => AskAsync(Question("SELECT f.*, rules_of(f.account_id) AS rules FROM find_token($1) f", secret), ReadTokenAsync, cancellationToken,
            Question("SELECT * FROM token_terms($1)", secret)),
        SecretText.UserSession => AskAsync(Question("SELECT f.*, rules_of(f.account_id) AS rules FROM find_session($1, $2) f", secret, time.GetUtcNow()),
            (row, _) => Known(ReadSession(row)), cancellationToken),
        _ => AskAsync(Question("SELECT * FROM find_node_session($1)", secret), (row, _) => Known(ReadNode(row)), cancellationToken),
    };

    private async Task<CredentialCheck> AskAsync(NpgsqlBatchCommand question, Func<NpgsqlDataReader, CancellationToken, Task<CredentialCheck>> read,
        CancellationToken cancellationToken, NpgsqlBatchCommand? further = null)
    {
        await using var batch = database.Unscoped.CreateBatch();
        batch.BatchCommands.Add(question);
        if (further is not null)
            batch.BatchCommands.Add(further);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return new CredentialCheck.Unknown();
        return reader.GetBoolean(reader.GetOrdinal("expired")) ? new CredentialCheck.Expired() : await read(reader, cancellationToken);
    }

    /// <summary>Revoked between the two questions: then there are no terms, and nothing to let in by.</summary>
    private static async Task<CredentialCheck> ReadTokenAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var user = ReadUser(reader);
        if (!await reader.NextResultAsync(cancellationToken) || !await reader.ReadAsync(cancellationToken))
            return new CredentialCheck.Unknown();
        var terms = TokenTerms.Of(Texts(reader, 0), Texts(reader, 1));
        return new CredentialCheck.Known(user with { Terms = terms, Rights = terms.Narrow(user.Rights) });
    }

    private static string[]? Texts(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<string[]>(column);

    private static Task<CredentialCheck> Known(Caller caller) => Task.FromResult<CredentialCheck>(new CredentialCheck.Known(caller));

    private static NpgsqlBatchCommand Question(string sql, SecretText secret, DateTimeOffset? at = null)
    {
        var question = new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = secret.Hash } } };
        if (at is { } time)
            question.Parameters.Add(new() { Value = time });
        return question;
    }

    private static UserCaller ReadUser(NpgsqlDataReader row) => new(
        new UserId(row.GetGuid(1)),
        row.GetString(2),
        AccountRights.Of(!row.IsDBNull(4), row.GetFieldValue<string[]>(3), row.GetFieldValue<string[]>(row.GetOrdinal("rules"))),
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
