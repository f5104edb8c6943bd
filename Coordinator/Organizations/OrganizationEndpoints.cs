using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Organizations;

/// <summary>
/// Partners. The Coordinator's admins add them; everyone sees their own and those they collaborate with; only an
/// organization's own admin publishes its root.
/// </summary>
internal static class OrganizationEndpoints
{
    public static IServiceCollection AddOrganizations(this IServiceCollection services) => services.AddSingleton<OrganizationHandlers>();

    public static void MapOrganizations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Routes.Organizations).WithTags("Organizations")
            .Needs(Resource.Organization, Operation.View);
        group.MapGet("/", ListAsync).Gives<Page<Organization>>().WithName("ListOrganizations");
        group.MapPost("/", CreateAsync).Gives<Organization>(201).Needs(Resource.Organization, Operation.Create).WithName("CreateOrganization");
        group.MapGet("/{id}", GetAsync).Gives<Organization>().WithName("GetOrganization");
        group.MapPut("/{id}/root", PublishRootAsync).Gives<Organization>().Needs(Resource.Organization, Operation.Edit).WithName("PublishRoot");
    }

    private static Task<IResult> ListAsync(UserCaller caller, string? cursor, int? limit, OrganizationHandlers handlers,
        CancellationToken cancellationToken) =>
        PageRequest.Read<OrganizationId>(cursor, limit).Then(page => handlers.ListAsync(caller, page, cancellationToken)).Ok();

    private static Task<IResult> CreateAsync(UserCaller caller, CreateOrganization ask, OrganizationHandlers handlers,
        CancellationToken cancellationToken) =>
        handlers.CreateAsync(caller, ask, cancellationToken).Created(made => $"{Routes.Organizations}/{made.Id}");

    private static Task<IResult> GetAsync(UserCaller caller, OrganizationId id, OrganizationHandlers handlers,
        CancellationToken cancellationToken) => handlers.GetAsync(caller, id, cancellationToken).Ok();

    private static Task<IResult> PublishRootAsync(UserCaller caller, OrganizationId id, PublishRoot ask, OrganizationHandlers handlers,
        CancellationToken cancellationToken) => handlers.PublishRootAsync(caller, id, ask, cancellationToken).Ok();
}
