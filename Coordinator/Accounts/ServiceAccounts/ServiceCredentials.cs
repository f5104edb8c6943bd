using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Accounts.SingleSignOn.Providers;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.ServiceAccounts;

/// <summary>
/// Who a program is that shows an access token of the provider. The answer, whichever it is, is remembered for under a
/// second, so that a token that the provider revokes holds no longer here. Whatever goes wrong at the provider, nobody is
/// let in.
/// </summary>
internal sealed partial class ServiceCredentials(ServiceSettings settings, Database database, TimeProvider time, ILogger<ServiceCredentials> log) : IDisposable
{
    private const int MostRemembered = 10_000;
    private const int LongestToken = 4096;
    private readonly Introspection introspection = new(settings, time);
    private readonly ConcurrentDictionary<string, (CredentialCheck Check, DateTimeOffset Until)> remembered = new();

    /// <summary>Could it be one of the provider's? Never, where none is set.</summary>
    public bool Takes([NotNullWhen(true)] string? token) =>
        settings.Issuer is not null && token is { Length: >= 16 and <= LongestToken }
        && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~' or '+' or '/' or '=')
        && !SecretText.LooksLikeOne(token);

    public async ValueTask<CredentialCheck> CheckAsync(string token, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
        var now = time.GetUtcNow();
        if (remembered.TryGetValue(key, out var entry) && now < entry.Until)
            return entry.Check;
        var check = await AskAsync(token, cancellationToken);
        if (remembered.Count >= MostRemembered)
            remembered.Clear();
        remembered[key] = (check, now + Credentials.Remembered);
        return check;
    }

    public void Dispose() => introspection.Dispose();

    private async Task<CredentialCheck> AskAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            return await introspection.AskAsync(token, cancellationToken) is { } found
                ? await FindAsync(found, cancellationToken)
                : new CredentialCheck.Unknown();
        }
        catch (ProviderException e)
        {
            Failed(log, e.Message);
            return new CredentialCheck.Unknown();
        }
    }

    private async Task<CredentialCheck> FindAsync(IntrospectedToken token, CancellationToken cancellationToken)
    {
        await using var command = database.Unscoped.CreateCommand("SELECT f.*, rules_of(f.account_id) AS rules FROM find_service($1, $2) f");
        command.Parameters.Add(new() { Value = settings.Issuer! });
        command.Parameters.Add(new() { Value = token.Client });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? new CredentialCheck.Known(Read(row, token)) : new CredentialCheck.Unknown();
    }

    private static UserCaller Read(NpgsqlDataReader row, IntrospectedToken token) => new(
        new UserId(row.GetGuid(0)),
        row.GetString(1),
        AccountRights.Of(!row.IsDBNull(3), row.GetFieldValue<string[]>(2), row.GetFieldValue<string[]>(6)),
        row.IsDBNull(3) ? null : new OrganizationId(row.GetGuid(3)),
        null,
        token.ExpiresAt,
        row.GetFieldValue<Guid[]>(4).Select(id => new CollaborationId(id)).ToHashSet(),
        row.GetFieldValue<Guid[]>(5).Select(id => new OrganizationId(id)).ToHashSet())
    {
        Credential = $"service {token.Client}",
    };

    [LoggerMessage(LogLevel.Warning, "Programs can't be let in by access tokens of the provider: {Why}")]
    private static partial void Failed(ILogger log, string why);
}
