using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Access.Roles;

/// <summary>
/// Roles: those that every Coordinator knows can be read by everybody who may see roles and changed by nobody; an
/// organization's own are made, changed, deleted and given by its admins, who can put nothing into them that they lack
/// themselves. A change counts for everybody who has the role within a second.
/// </summary>
internal static class RoleEndpoints
{
    public static IServiceCollection AddRoles(this IServiceCollection services) => services
        .AddSingleton<RoleHandlers>()
        .AddSingleton<GivingHandler>();

    public static void MapRoles(this IEndpointRouteBuilder routes)
    {
        var roles = routes.MapGroup("").WithTags("Roles").Needs(Resource.Role, Operation.View);
        roles.MapGet(Routes.Rules, (RoleHandlers handlers) => handlers.RulesAsync().Ok()).Gives<Page<RuleInfo>>().WithName("ListRules");
        roles.MapGet(Routes.Roles, ListAsync).Gives<Page<RoleInfo>>().WithName("ListRoles");
        roles.MapPost(Routes.Roles, CreateAsync).Gives<RoleInfo>(201).Needs(Resource.Role, Operation.Create).WithName("CreateRole");
        roles.MapGet(Routes.Roles + "/{role}", GetAsync).Gives<RoleInfo>().WithName("GetRole");
        roles.MapPut(Routes.Roles + "/{id}", EditAsync).Gives<RoleInfo>().Needs(Resource.Role, Operation.Edit).WithName("EditRole");
        roles.MapDelete(Routes.Roles + "/{id}", DeleteAsync).Produces(204).Needs(Resource.Role, Operation.Delete).WithName("DeleteRole");
        roles.MapPut(Routes.Users + "/{id}/roles", GiveAsync).Gives<User>().Needs(Resource.Role, Operation.Grant).WithName("GiveRoles");
    }

    private static Task<IResult> ListAsync(UserCaller caller, string? cursor, int? limit, RoleHandlers handlers,
        CancellationToken cancellationToken) =>
        PageRequest.Read<RoleId>(cursor, limit).Then(page => handlers.ListAsync(caller, page, cancellationToken)).Ok();

    private static Task<IResult> CreateAsync(UserCaller caller, CreateRole ask, RoleHandlers handlers, CancellationToken cancellationToken) =>
        handlers.CreateAsync(caller, ask, cancellationToken).Created(made => $"{Routes.Roles}/{made.Role}");

    /// <summary>By name or id; a name is one of the default roles', since an organization's own roles go by their id alone.</summary>
    private static Task<IResult> GetAsync(UserCaller caller, string role, RoleHandlers handlers, CancellationToken cancellationToken) =>
        handlers.GetAsync(caller, role, cancellationToken).Ok();

    private static Task<IResult> EditAsync(UserCaller caller, RoleId id, EditRole ask, RoleHandlers handlers,
        CancellationToken cancellationToken) => handlers.EditAsync(caller, id, ask, cancellationToken).Ok();

    private static Task<IResult> DeleteAsync(UserCaller caller, RoleId id, RoleHandlers handlers, CancellationToken cancellationToken) =>
        handlers.DeleteAsync(caller, id, cancellationToken).NoContent();

    private static Task<IResult> GiveAsync(UserCaller caller, UserId id, GiveRoles ask, GivingHandler handler,
        CancellationToken cancellationToken) => handler.GiveAsync(caller, id, ask, cancellationToken).Ok();
}
