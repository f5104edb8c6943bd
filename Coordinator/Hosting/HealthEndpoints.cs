using Vantage.Coordinator.Access;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Hosting;

/// <summary>
/// For load balancers and supervisors, hence without a token: live while the process answers, ready while it can serve.
/// They tell nothing but that.
/// </summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Routes.HealthLive, () => Reply(StatusCodes.Status200OK, "live", [])).OpenToStrangers(RouteLimit.Strangers).WithName("Live");
        routes.MapGet(Routes.HealthReady, ReadyAsync).OpenToStrangers(RouteLimit.Strangers).WithName("Ready");
    }

    private static async Task<IResult> ReadyAsync(Database database, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var checks = new Dictionary<string, string>
        {
            ["host"] = lifetime.ApplicationStopping.IsCancellationRequested ? "stopping" : "ok",
            ["database"] = await AnswersAsync(database, cancellationToken) ? "ok" : "unreachable",
        };
        return checks.Values.All(check => check == "ok")
            ? Reply(StatusCodes.Status200OK, "ready", checks)
            : Reply(StatusCodes.Status503ServiceUnavailable, "not-ready", checks);
    }

    private static JsonReply<Health> Reply(int status, string word, Dictionary<string, string> checks) =>
        new(new Health(word, checks), status, null);

    private static async Task<bool> AnswersAsync(Database database, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await using var command = database.Unscoped.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(patience.Token);
            return true;
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or OperationCanceledException)
        {
            return false;
        }
    }
}
