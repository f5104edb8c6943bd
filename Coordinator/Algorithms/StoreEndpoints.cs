using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Algorithms;

/// <summary>
/// The algorithm store: code that members of a collaboration put before each other's reviewers, and the reviewers' signed
/// words. It lets nothing run. A node counts the words by its own policy, believing the roots that it pinned.
/// </summary>
internal static class StoreEndpoints
{
    public static IServiceCollection AddAlgorithmStore(this IServiceCollection services) => services
        .AddSingleton<SubmissionHandlers>()
        .AddSingleton<ReviewHandlers>()
        .AddSingleton<StoreRuleHandlers>();

    public static void MapAlgorithmStore(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Routes.Algorithms).WithTags("Algorithms").Needs(Resource.Algorithm, Operation.View);
        group.MapGet("/", ListAsync).Gives<Page<Submission>>().WithName("ListAlgorithms");
        group.MapGet("/reviews", OfCodeAsync).Gives<AlgorithmReviews>().WithName("ListReviewsOfCode");
        group.MapGet("/{id}", GetAsync).Gives<Submission>().WithName("GetAlgorithm");
        group.MapPut("/{id}", SubmitAsync).Gives<Submission>().Needs(Resource.Algorithm, Operation.Create).WithName("SubmitAlgorithm");
        group.MapDelete("/{id}", WithdrawAsync).Produces(204).Needs(Resource.Algorithm, Operation.Delete).WithName("WithdrawAlgorithm");
        group.MapPut("/{id}/review", ReviewAsync).Gives<Submission>().Needs(Resource.Review, Operation.Approve).WithName("ReviewAlgorithm");
        var rules = routes.MapGroup($"{Routes.Collaborations}/{{id}}/store-rules").WithTags("Algorithms");
        rules.MapGet("/", ListRulesAsync).Gives<Page<StoreRule>>().Needs(Resource.Algorithm, Operation.View).WithName("ListStoreRules");
        rules.MapPut("/", SetRuleAsync).Gives<StoreRule>().Needs(Resource.Organization, Operation.Edit).WithName("SetStoreRule");
    }

    private static Task<IResult> ListAsync(UserCaller caller, CollaborationId? collaboration, string? cursor, int? limit,
        SubmissionHandlers handlers, CancellationToken cancellationToken) =>
        PageRequest.Read<SubmissionId>(cursor, limit).Then(page => handlers.ListAsync(caller, collaboration, page, cancellationToken)).Ok();

    private static Task<IResult> OfCodeAsync(Caller caller, string algorithm, ReviewHandlers handlers, CancellationToken cancellationToken) =>
        handlers.OfCodeAsync(caller, algorithm, cancellationToken).Ok();

    private static Task<IResult> GetAsync(UserCaller caller, SubmissionId id, SubmissionHandlers handlers, CancellationToken cancellationToken) =>
        handlers.GetAsync(caller, id, cancellationToken).Ok();

    private static Task<IResult> SubmitAsync(UserCaller caller, SubmissionId id, SubmitAlgorithm ask, SubmissionHandlers handlers,
        CancellationToken cancellationToken) => handlers.SubmitAsync(caller, id, ask, cancellationToken).Ok();

    private static Task<IResult> WithdrawAsync(UserCaller caller, SubmissionId id, SubmissionHandlers handlers,
        CancellationToken cancellationToken) => handlers.WithdrawAsync(caller, id, cancellationToken).NoContent();

    private static Task<IResult> ReviewAsync(UserCaller caller, SubmissionId id, ReviewAlgorithm ask, ReviewHandlers handlers,
        CancellationToken cancellationToken) => handlers.ReviewAsync(caller, id, ask, cancellationToken).Ok();

    private static Task<IResult> ListRulesAsync(UserCaller caller, CollaborationId id, StoreRuleHandlers handlers,
        CancellationToken cancellationToken) => handlers.ListAsync(caller, id, cancellationToken).Ok();

    private static Task<IResult> SetRuleAsync(UserCaller caller, CollaborationId id, SetStoreRule ask, StoreRuleHandlers handlers,
        CancellationToken cancellationToken) => handlers.SetAsync(caller, id, ask, cancellationToken).Ok();
}
