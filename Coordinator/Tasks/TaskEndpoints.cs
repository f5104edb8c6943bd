using Microsoft.AspNetCore.Mvc;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Tasks.Reading;
using Vantage.Coordinator.Tasks.Submission;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Tasks;

/// <summary>
/// Questions and their answers. Researchers submit, with a manifest that their own key signed, and see what their
/// organization asked; an organization's admin sees also what it is asked; the Coordinator's admins see that it happened.
/// Nobody reads content by any of this: payloads are ciphertext. A node fetches the input that is sealed to it, and
/// nothing else.
/// </summary>
internal static class TaskEndpoints
{
    /// <summary>A manifest of ten thousand targets with its small inputs.</summary>
    private const int LargestSubmission = 48 * 1024 * 1024;

    public static void MapTasks(this IEndpointRouteBuilder routes)
    {
        Permission[] seeing = [new(Resource.Task, Operation.View), new(Resource.Run, Operation.View)];
        var tasks = routes.MapGroup(Routes.Tasks).WithTags("Tasks").NeedsEither(seeing);
        tasks.MapPut("/{id}", SubmitAsync).WithMetadata(new RequestSizeLimitAttribute(LargestSubmission)).Needs(Resource.Task, Operation.Create)
            .Produces<TaskView>(201).WithName("SubmitTask");
        tasks.MapGet("/", ListAsync).Produces<Page<TaskView>>().WithName("ListTasks");
        tasks.MapGet("/{id}", (TaskId id, int? wait, bool? answers, Caller caller, TaskPatience patience, HttpContext context) =>
            patience.GetAsync(id, wait, answers, caller, context).Ok()).Produces<TaskView>().WithName("GetTask");
        tasks.MapPost("/{id}/cancel", (TaskId id, UserCaller caller, CancelHandler handler, CancellationToken cancellationToken) =>
            handler.CancelAsync(id, caller, cancellationToken).Ok()).Produces<TaskView>().Needs(Resource.Task, Operation.Cancel)
            .WithName("CancelTask");

        var runs = routes.MapGroup(Routes.Runs + "/{id}").WithTags("Runs").NeedsEither(seeing);
        runs.MapGet("/evidence", (RunId id, Caller caller, RunReader reader, CancellationToken cancellationToken) =>
            reader.EvidenceAsync(id, caller, cancellationToken).Ok()).Produces<RunEvidence>().WithName("GetRunEvidence");
        runs.MapGet("/payloads/{kind}", (RunId id, string kind, Caller caller, RunReader reader, CancellationToken cancellationToken) =>
            reader.PayloadAsync(id, kind, caller, cancellationToken)).WithName("GetRunPayload");
    }

    private static async Task<IResult> SubmitAsync(
        TaskId id, SubmitTask ask, Caller caller, SubmissionHandler handler, CancellationToken cancellationToken)
    {
        var answer = await handler.SubmitAsync(id, ask, caller, cancellationToken);
        return answer switch
        {
            { Refusal: { } refusal } => new RefusalResult(refusal),
            { Value: { IsNew: true } made } => new JsonReply<TaskView>(made.View, StatusCodes.Status201Created, $"{Routes.Tasks}/{id}"),
            { Value: { } known } => new JsonReply<TaskView>(known.View, StatusCodes.Status200OK, null),
            _ => throw new InvalidOperationException("An answer is a value or a refusal."),
        };
    }

    private static Task<IResult> ListAsync(CollaborationId? collaboration, JobId? job, string? state, string? cursor, int? limit,
        UserCaller caller, TaskReader reader, CancellationToken cancellationToken) =>
        TaskStates.Read(state, collaboration, job).Then(filter => PageRequest.Read<TaskId>(cursor, limit)
            .Then(page => reader.ListAsync(filter, page, caller, cancellationToken))).Ok();
}
