using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Vantage.Coordinator.Accounts.Sessions;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Accounts.Sessions;

/// <summary>Sessions as a sign-in that succeeded opens them.</summary>
internal static class OpenSessions
{
    public static Task<OpenedSession> OpenAsync(RunningCoordinator coordinator, UserId user, OrganizationId? organization,
        SessionForm form = SessionForm.Bearer, SignInMethod method = SignInMethod.Password)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.UserAgent = "Tests\u202e/1";
        return coordinator.Services.GetRequiredService<SessionOpening>()
            .OpenAsync(user, organization, method, form, context, TestContext.Current.CancellationToken);
    }

    public static async Task<(Rest Http, OpenedSession Opened)> AdminOfAsync(RunningCoordinator coordinator, Hospital hospital)
    {
        var opened = await OpenAsync(coordinator, hospital.AdminId, hospital.Id);
        return (coordinator.With(opened.Secret), opened);
    }
}
