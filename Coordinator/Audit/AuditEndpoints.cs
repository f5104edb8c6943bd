using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Audit.Reading;
using Vantage.Coordinator.Audit.Sealing;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Audit;

/// <summary>
/// Who did what. The Coordinator's admins read all of it, an organization's admin what is about the organization and its
/// collaborations; researchers none. Heads and hashes are the same for all of these: they tell how many entries there are
/// and nothing about them, and without them nobody could verify a part. Whom a pseudonym stands for is erased by whoever
/// may close that account. Nobody writes here: entries come with what they record.
/// </summary>
internal static class AuditEndpoints
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<SealKey>()
        .AddSingleton<Forgetting>()
        .AddSingleton<AuditReader>()
        .AddSingleton<TreeReader>()
        .AddSingleton<TrailHandlers>()
        .AddSingleton<IHeadBook, HeadBook>()
        .AddSingleton<Sealer>()
        .AddHostedService(provider => provider.GetRequiredService<Sealer>());

    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup(Routes.Audit).WithTags("Audit").Needs(Resource.Audit, Operation.View);
        audit.MapGet("", ListAsync).Gives<Page<AuditEntry>>().WithName("ListAudit");
        audit.MapGet("/trail", TrailAsync).Gives<AuditTrailView>().WithName("GetAuditTrail");
        audit.MapGet("/hashes", HashesAsync).Gives<AuditHashes>().WithName("GetAuditHashes");
        audit.MapDelete("/people/{user}", ForgetAsync).Produces(204).Needs(Resource.User, Operation.Delete).FreshlyIfSession().WithName("ForgetPerson");
    }

    private static Task<IResult> ListAsync(UserCaller caller, string? cursor, int? limit, AuditReader reader, CancellationToken cancellationToken) =>
        reader.ListAsync(caller, cursor, limit, cancellationToken).Ok();

    private static Task<IResult> ForgetAsync(UserCaller caller, UserId user, Forgetting forgetting, CancellationToken cancellationToken) =>
        forgetting.ForgetAsync(caller, user, cancellationToken).NoContent();

    private static Task<IResult> TrailAsync(int? heads, TrailHandlers handlers, CancellationToken cancellationToken) =>
        handlers.ShowAsync(heads, cancellationToken).Ok();

    private static Task<IResult> HashesAsync(string? at, TrailHandlers handlers, CancellationToken cancellationToken) =>
        handlers.HashesAsync(at ?? "", cancellationToken).Ok();
}
