using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Accounts.Sessions;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Advisories;

/// <summary>
/// CVE-2023-23929: refresh tokens of vantage6 never expired. Here nothing is refreshed: a session ends when it idles and,
/// however much it is used, at the end of its life.
/// </summary>
public sealed class Cve_2023_23929_SessionsEndByThemselvesTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task ASessionThatIdles_Ends()
    {
        var (http, opened) = await OpenSessions.AdminOfAsync(coordinator, await Hospital.FoundAsync(coordinator));

        coordinator.Time.Advance(opened.Session.IdleAt - opened.Session.CreatedAt + TimeSpan.FromSeconds(1));

        Assert.Equal(ErrorCodes.TokenExpired, (await http.RefusedAsync(HttpMethod.Get, Routes.Me)).Code);
    }

    [Fact]
    public async Task ASessionInConstantUse_EndsAtTheEndOfItsLife()
    {
        var (http, opened) = await OpenSessions.AdminOfAsync(coordinator, await Hospital.FoundAsync(coordinator));
        var step = (opened.Session.IdleAt - opened.Session.CreatedAt) / 2;

        var lived = TimeSpan.Zero;
        while (lived + step < opened.Session.ExpiresAt - opened.Session.CreatedAt)
        {
            coordinator.Time.Advance(step);
            lived += step;
            await http.GetAsync<Me>(Routes.Me);
        }

        coordinator.Time.Advance(step);
        Assert.Equal(ErrorCodes.TokenExpired, (await http.RefusedAsync(HttpMethod.Get, Routes.Me)).Code);
    }

    [Fact]
    public async Task UsingASession_NeverChangesTheEndOfItsLife()
    {
        var (http, opened) = await OpenSessions.AdminOfAsync(coordinator, await Hospital.FoundAsync(coordinator));

        coordinator.Time.Advance(TimeSpan.FromHours(2));
        var me = await http.GetAsync<Me>(Routes.Me);

        Assert.Equal(opened.Session.ExpiresAt, me.Session!.ExpiresAt, TimeSpan.FromMilliseconds(1));
        Assert.True(me.Session.IdleAt > opened.Session.IdleAt);
    }
}
