using Npgsql;

namespace Vantage.Coordinator.Persistence;

/// <summary>
/// Recognises that the database is away for a while, which is nobody's mistake and worth another try. EF Core wraps what it
/// passes on, and a server that shuts down says so by an error like any other.
/// </summary>
internal static class Outages
{
    private const string OperatorIntervention = "57P";

    public static bool IsOutage(this Exception e) => e switch
    {
        PostgresException told => told.IsTransient || told.SqlState.StartsWith(OperatorIntervention, StringComparison.Ordinal),
        NpgsqlException { IsTransient: true } => true,
        _ => e.InnerException?.IsOutage() ?? false,
    };
}
