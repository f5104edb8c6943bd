using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Accounts.SingleSignOn.Refusals;

namespace Vantage.Tests.Coordinator.Accounts.SingleSignOn;

/// <summary>Programs with access tokens of a real provider.</summary>
public sealed class ServiceAccountTests(SignOnWorld world) : IClassFixture<SignOnWorld>
{
    [Fact]
    public async Task AProgram_WorksByItsProvidersAccessToken_AsTheAccountThatAnAdminDeclared()
    {
        var token = await world.Campus.TokenAsync(world.Http, "robot", "a-robots-own-secret", IdentityProvider.Audience, "vantage");

        var robot = await world.RobotAsync();
        var me = await world.Coordinator.With(token).GetAsync<Me>(Routes.Me);

        Assert.Equal((robot.Id, world.North), (me.User, me.Organization));
        Assert.Null(me.Token);
        Assert.Null(me.Session);
        Assert.Equal(ErrorCodes.Forbidden, (await world.Coordinator.With(token).RefusedAsync(HttpMethod.Post, Routes.Users,
            new CreateUser("U", null, world.North, [Role.Researcher]))).Code);
    }

    [Fact]
    public async Task AClient_WorksByOneAccount_AndNeverAsTheCoordinatorsAdmin()
    {
        var robot = await world.RobotAsync();

        var again = await world.Coordinator.Admin.RefusedAsync(HttpMethod.Post, Routes.ServiceAccounts,
            new CreateServiceAccount("Another robot", world.North, "robot", [Role.Researcher]));
        var ruler = await world.Coordinator.Admin.RefusedAsync(HttpMethod.Post, Routes.ServiceAccounts,
            new CreateServiceAccount("A ruler", world.North, "ruler", [Role.Admin]));

        Assert.NotNull(robot);
        Assert.Equal((ErrorCodes.Conflict, ErrorCodes.InvalidInput), (again.Code, ruler.Code));
    }

    [Fact]
    public async Task AnEventStream_EndsWithTheAccessTokenItWasOpenedBy()
    {
        await world.RobotAsync();
        var token = await world.Campus.TokenAsync(world.Http, "robot", "a-robots-own-secret", IdentityProvider.Audience, "vantage");
        using var events = await world.Coordinator.With(token).Http.GetAsync(new Uri(Routes.Events, UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.True(events.IsSuccessStatusCode);

        await world.Campus.RevokeAsync(world.Http, "robot", "a-robots-own-secret", token);

        await StreamEnd.OfAsync(events);
        world.Coordinator.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ErrorCodes.Unauthenticated, await ServiceCases.AskAsync(world, token));
    }
}
