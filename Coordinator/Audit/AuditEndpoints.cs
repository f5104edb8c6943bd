using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Audit;

/// <summary>
/// Who did what. The Coordinator's admins read all of it, an organization's admin what is about the organization and its
/// collaborations; researchers none. Nobody writes here: entries come with what they record.
/// </summary>
internal static class AuditEndpoints
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<SealKey>()
        .AddSingleton<AuditReader>()
        .AddSingleton<Sealer>()
        .AddHostedService(provider => provider.GetRequiredService<Sealer>());

    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Routes.Audit, ListAsync).WithTags("Audit").Needs(Resource.Audit, Operation.View).Gives<Page<AuditEntry>>().WithName("ListAudit");

    private static Task<IResult> ListAsync(UserCaller caller, string? cursor, int? limit, AuditReader reader, CancellationToken cancellationToken) =>
        reader.ListAsync(caller, cursor, limit, cancellationToken).Ok();
}
