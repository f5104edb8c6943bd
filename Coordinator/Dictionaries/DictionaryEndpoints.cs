using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Dictionaries;

/// <summary>
/// Dictionaries that members publish for their collaboration. The Coordinator only passes them on: what a task means is the
/// digest that its asker signs, and who published a dictionary is what clients verify. Whoever sees which datasets there are
/// sees what their variables are called; whoever publishes datasets says what they shall be called.
/// </summary>
internal static class DictionaryEndpoints
{
    public static IServiceCollection AddDictionaries(this IServiceCollection services) => services.AddSingleton<DictionaryHandlers>();

    public static void MapDictionaries(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup($"{Routes.Collaborations}/{{id}}/dictionaries").WithTags("Dictionaries").Needs(Resource.Dataset, Operation.View);
        group.MapGet("/", ListAsync).Gives<Page<PublishedDictionary>>().WithName("ListDictionaries");
        group.MapGet("/{name}/{version}", GetAsync).Gives<PublishedDictionary>().WithName("GetDictionary");
        group.MapPut("/", PublishAsync).Gives<PublishedDictionary>().Needs(Resource.Dataset, Operation.Create).WithName("PublishDictionary");
    }

    private static Task<IResult> ListAsync(UserCaller caller, CollaborationId id, DictionaryHandlers handlers, CancellationToken cancellationToken) =>
        handlers.ListAsync(caller, id, cancellationToken).Ok();

    private static Task<IResult> GetAsync(UserCaller caller, CollaborationId id, string name, string version, DictionaryHandlers handlers,
        CancellationToken cancellationToken) => handlers.GetAsync(caller, id, name, version, cancellationToken).Ok();

    private static Task<IResult> PublishAsync(UserCaller caller, CollaborationId id, PublishDictionary ask, DictionaryHandlers handlers,
        CancellationToken cancellationToken) => handlers.PublishAsync(caller, id, ask, cancellationToken).Ok();
}
