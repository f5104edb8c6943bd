using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Realtime.Events;

/// <summary>
/// What happens to tasks, as it happens, to people who may see them. The token travels in the header like anywhere else,
/// never in the address.
/// </summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Routes.Events, WatchAsync)
            .NeedsEither(new(Resource.Task, Operation.View), new(Resource.Run, Operation.View)).WithTags("Events").WithName("WatchEvents")
            .Produces<TaskEvent>(contentType: "text/event-stream");

    private static async Task<IResult> WatchAsync(TaskId? task, CollaborationId? collaboration, HttpContext context,
        UserCaller caller, EventStream stream, CancellationToken cancellationToken)
    {
        EventPosition? resume = null;
        if (context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last)
        {
            if (!EventPosition.TryParse(last, out var position))
            {
                return new RefusalResult(Refusal.Invalid(("Last-Event-ID", "not an id that this stream gave out; leave it out to begin now")));
            }

            resume = position;
        }

        if (collaboration is { } one && !caller.Collaborations.Contains(one))
        {
            return new RefusalResult(Refusal.NotFound(one));
        }

        var collaborations = collaboration is { } only ? new HashSet<CollaborationId> { only } : caller.Collaborations;
        await stream.RunAsync(context, new EventFilter(collaborations, TaskVisibility.Of(caller), task), resume, cancellationToken);
        return Results.Empty;
    }
}
