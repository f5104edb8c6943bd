using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.Tokens;

/// <summary>
/// API tokens. Everyone deals with their own; an organization's admin and the Coordinator's with those of the people whom
/// they administer. No answer but the one to making a token holds its secret.
/// </summary>
internal static class TokenEndpoints
{
    public static IServiceCollection AddTokens(this IServiceCollection services, TokenSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<TokenLaws>()
        .AddSingleton<TokenHandlers>()
        .AddSingleton<TokenRotation>();

    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        var tokens = routes.MapGroup("").WithTags("Tokens").Needs(Resource.Token, Operation.View);
        tokens.MapGet(Routes.Tokens, ListAsync).Gives<Page<TokenInfo>>().WithName("ListTokens");
        tokens.MapPost(Routes.Tokens, CreateAsync).Gives<CreatedToken>(201).Needs(Resource.Token, Operation.Create).FreshlyIfSession()
            .WithName("CreateToken");
        tokens.MapGet(Routes.Tokens + "/{id}", GetAsync).Gives<TokenInfo>().WithName("GetToken");
        tokens.MapPost(Routes.Tokens + "/{id}/rotate", RotateAsync).Gives<CreatedToken>(201).Needs(Resource.Token, Operation.Create)
            .FreshlyIfSession().WithName("RotateToken");
        tokens.MapPost(Routes.Tokens + "/{id}/renew", RenewAsync).Gives<TokenInfo>().Needs(Resource.Token, Operation.Create).FreshlyIfSession()
            .WithName("RenewToken");
        tokens.MapDelete(Routes.Tokens + "/{id}", RevokeAsync).Produces(204).Needs(Resource.Token, Operation.Delete).WithName("RevokeToken");
    }

    private static Task<IResult> ListAsync(UserCaller caller, UserId? user, string? cursor, int? limit, TokenHandlers handlers,
        CancellationToken cancellationToken) =>
        PageRequest.Read<TokenId>(cursor, limit).Then(page => handlers.ListAsync(caller, user, page, cancellationToken)).Ok();

    private static Task<IResult> CreateAsync(UserCaller caller, CreateToken ask, TokenHandlers handlers, CancellationToken cancellationToken) =>
        handlers.CreateAsync(caller, ask, cancellationToken).Created(made => $"{Routes.Tokens}/{made.Token.Id}");

    private static Task<IResult> GetAsync(UserCaller caller, TokenId id, TokenHandlers handlers, CancellationToken cancellationToken) =>
        handlers.GetAsync(caller, id, cancellationToken).Ok();

    private static Task<IResult> RotateAsync(UserCaller caller, TokenId id, RotateToken ask, TokenRotation rotation,
        CancellationToken cancellationToken) =>
        rotation.RotateAsync(caller, id, ask, cancellationToken).Created(made => $"{Routes.Tokens}/{made.Token.Id}");

    private static Task<IResult> RenewAsync(UserCaller caller, TokenId id, RenewToken ask, TokenRotation rotation,
        CancellationToken cancellationToken) => rotation.RenewAsync(caller, id, ask, cancellationToken).Ok();

    private static Task<IResult> RevokeAsync(UserCaller caller, TokenId id, TokenHandlers handlers, CancellationToken cancellationToken) =>
        handlers.RevokeAsync(caller, id, cancellationToken).NoContent();
}
