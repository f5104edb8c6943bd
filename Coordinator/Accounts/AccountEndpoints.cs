using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Accounts.Administration;
using Vantage.Coordinator.Accounts.Devices;
using Vantage.Coordinator.Accounts.Mail;
using Vantage.Coordinator.Accounts.Own;
using Vantage.Coordinator.Accounts.Passkeys;
using Vantage.Coordinator.Accounts.Passwords;
using Vantage.Coordinator.Accounts.Recovery;
using Vantage.Coordinator.Accounts.SecondFactors;
using Vantage.Coordinator.Accounts.Sessions;
using Vantage.Coordinator.Accounts.SignIn;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts;

/// <summary>
/// People. Admins of the Coordinator make any account, an organization's admin those of the organization; everyone sees
/// colleagues, and manages certificates of their own. An account never changes its organization: there is no route for it.
/// </summary>
internal static class AccountEndpoints
{
    public static IServiceCollection AddAccounts(this IServiceCollection services, AccountSettings settings) => services
        .AddSingleton(settings)
        .AddSessions()
        .AddSignIn(settings)
        .AddPasswords()
        .AddSecondFactors()
        .AddPasskeys()
        .AddRecovery()
        .AddMail(settings.Mail)
        .AddOwnAccount()
        .AddAdministration()
        .AddDevices()
        .AddSingleton<AccountHandlers>()
        .AddHostedService<FirstAdmin>();

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapSessions();
        routes.MapSignIn();
        routes.MapPasswords();
        routes.MapSecondFactors();
        routes.MapPasskeys();
        routes.MapRecovery();
        routes.MapOwnAccount();
        routes.MapAdministration();
        var users = routes.MapGroup("").WithTags("Accounts").Needs(Resource.User, Operation.View);
        users.MapGet(Routes.Me, MeAsync).Gives<Me>().WithName("Me");
        users.MapGet(Routes.Users, ListAsync).Gives<Page<User>>().WithName("ListUsers");
        users.MapPost(Routes.Users, CreateAsync).Gives<CreatedUser>(201).Needs(Resource.User, Operation.Create).WithName("CreateUser");
        users.MapGet(Routes.Users + "/{id}", GetAsync).Gives<User>().WithName("GetUser");
        users.MapDevices();
    }

    private static Task<IResult> MeAsync(UserCaller caller, AccountHandlers handlers, CancellationToken cancellationToken) =>
        handlers.MeAsync(caller, cancellationToken).Ok();

    private static Task<IResult> ListAsync(UserCaller caller, string? cursor, int? limit, AccountHandlers handlers,
        CancellationToken cancellationToken) =>
        PageRequest.Read<UserId>(cursor, limit).Then(page => handlers.ListAsync(caller, page, cancellationToken)).Ok();

    private static Task<IResult> CreateAsync(UserCaller caller, CreateUser ask, AccountHandlers handlers, CancellationToken cancellationToken) =>
        handlers.CreateAsync(caller, ask, cancellationToken).Created(made => $"{Routes.Users}/{made.User.Id}");

    private static Task<IResult> GetAsync(UserCaller caller, UserId id, AccountHandlers handlers, CancellationToken cancellationToken) =>
        handlers.GetAsync(caller, id, cancellationToken).Ok();
}
