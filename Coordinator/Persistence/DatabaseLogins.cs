using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Persistence;

/// <summary>
/// The three logins of one database. Only the owner's is configured; the passwords of the other two are derived from
/// its password, so that every replica knows them and no further secret has to be kept.
/// </summary>
internal sealed class DatabaseLogins
{
    public const string ApplicationRole = "vantage_app";
    public const string LeaderRole = "vantage_leader";
    public const string Schema = "vantage";

    /// <summary>
    /// One plan a statement, by index, made at its first use and kept. Statements are prepared while the tables are still
    /// empty, when reading all of a table looks cheapest; such a plan would be kept while the table grows. Planning anew
    /// each time costs more than running does. Compiling plans costs more again.
    /// </summary>
    private const string SteadyPlans = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off "
        + "-c enable_hashjoin=off -c enable_mergejoin=off -c jit=off";

    private readonly NpgsqlConnectionStringBuilder owner;

    public DatabaseLogins(string ownerConnectionString)
    {
        try
        {
            owner = new NpgsqlConnectionStringBuilder(ownerConnectionString);
        }
        catch (ArgumentException)
        {
            // The exception's own text may quote the string, password included.
            throw new StartRefusedException(
                "database: not a PostgreSQL connection string. Expected for example "
                + "'Host=db.example.org;Database=vantage;Username=vantage_owner;Password=…;SSL Mode=VerifyFull'.",
                ExitCodes.Configuration);
        }

        var missing = new[] { ("Host", owner.Host), ("Database", owner.Database), ("Username", owner.Username), ("Password", owner.Password) }
            .Where(part => string.IsNullOrEmpty(part.Item2)).Select(part => part.Item1).ToList();
        if (missing.Count > 0)
        {
            throw new StartRefusedException(
                $"database: the connection string lacks {string.Join(" and ", missing)}. The password is needed because the "
                + $"logins {ApplicationRole} and {LeaderRole} derive theirs from it.", ExitCodes.Configuration);
        }
    }

    /// <summary>Where the database is, without the secret, for messages.</summary>
    public string Place => $"{owner.Username}@{owner.Host}/{owner.Database}";

    public string Owner => With(owner.Username!, owner.Password!, pool: 2);

    public string Application => With(ApplicationRole, PasswordOf(ApplicationRole), pool: owner.MaxPoolSize);

    public string Leader => With(LeaderRole, PasswordOf(LeaderRole), pool: 8);

    public string PasswordOf(string role) => Derive(owner.Password!, role);

    internal static string Derive(string secret, string role) => Convert.ToHexStringLower(HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, info: Encoding.UTF8.GetBytes($"vantage database login {role}")));

    private string With(string role, string password, int pool) => new NpgsqlConnectionStringBuilder(owner.ConnectionString)
    {
        Username = role,
        Password = password,
        SearchPath = Schema,
        Options = $"{owner.Options} {SteadyPlans}".TrimStart(),
        ApplicationName = "Vantage.Coordinator",
        MaxPoolSize = pool,
        Timezone = "UTC",
        MaxAutoPrepare = 200,
        AutoPrepareMinUsages = 2,
        // Scopes live and end with a transaction, so a connection going back to the pool carries nothing to reset.
        NoResetOnClose = true,
        // An error's detail may quote a row.
        IncludeErrorDetail = false,
    }.ConnectionString;
}
