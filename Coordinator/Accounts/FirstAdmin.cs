using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;
using Vantage.Coordinator.Accounts.Tokens;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Persistence.Embedded;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts;

/// <summary>
/// A new Coordinator has no default secret: at its first start it makes one admin with a random token and writes that to
/// <c>admin.token</c> in the data directory, readable by its own account only.
/// </summary>
internal sealed partial class FirstAdmin(Database database, PersistenceSettings settings, TimeProvider time,
    RandomNumberGenerator random, ILogger<FirstAdmin> log) : IHostedService
{
    public const string FileName = "admin.token";
    private static readonly TimeSpan Life = TimeSpan.FromDays(30);
    private static readonly TenantScope Scope = TenantScope.Of(TenantScope.CoordinatorItself);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await ExistsAsync(cancellationToken))
            return;
        var id = UserId.New(time);
        var token = NewToken.Create(id.Value, null, "first", Life, time, random);
        var path = Path.Combine(settings.Data, FileName);
        // Before the commit: a crash in between leaves a token that nobody knows, and the next start makes another.
        UnixFiles.WriteSecret(path, token.Secret + "\n");
        try
        {
            await database.ExecuteAsync(Scope, [Account(id), Token(token.Row), AuditTrail.Record("coordinator", "user.create", id.ToString())],
                cancellationToken);
            Made(log, path, token.Row.ExpiresAt);
        }
        catch (PostgresException e) when (e.IsDuplicate("account_name"))
        {
            // Another replica was first, and its file holds the token.
            File.Delete(path);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task<bool> ExistsAsync(CancellationToken cancellationToken) => database.ExecuteAsync(
        Scope,
        [new NpgsqlBatchCommand("SELECT EXISTS (SELECT FROM account WHERE organization_id IS NULL)")],
        async (reader, ct) => await reader.ReadAsync(ct) && reader.GetBoolean(0),
        cancellationToken);

    private static NpgsqlBatchCommand Account(UserId id) => new("INSERT INTO account (id, name, roles) VALUES ($1, 'admin', ARRAY['admin'])")
    {
        Parameters = { new() { Value = id.Value } },
    };

    private static NpgsqlBatchCommand Token(TokenRow row) => new(
        "INSERT INTO api_token (id, account_id, hash, name, expires_at) VALUES ($1, $2, $3, $4, $5)")
    {
        Parameters =
        {
            new() { Value = row.Id },
            new() { Value = row.AccountId },
            new() { Value = row.Hash },
            new() { Value = row.Name },
            new() { Value = row.ExpiresAt, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        },
    };

    [LoggerMessage(LogLevel.Information, "Made the first admin; the token is in {Path} and good until {Until}")]
    private static partial void Made(ILogger log, string path, DateTimeOffset until);
}
