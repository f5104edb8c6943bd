using Vantage.Client.Connection;
using Vantage.Client.SingleSignOn;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.Coordinator.Accounts.SingleSignOn;

/// <summary>People of a real identity provider, by the client that programs use.</summary>
public sealed class SignOnTests(SignOnWorld world) : IClassFixture<SignOnWorld>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AtTheFirstSignOn_AnAccountIsMade_InTheProvidersOrganization_WithTheRolesOfTheGroups()
    {
        var name = $"Ada {Guid.CreateVersion7():N}";
        var me = await MeetAsync(await SignOnAsync(new { sub = $"a{Guid.CreateVersion7():N}", name, email = "ada@example.org", groups = new[] { "analysts", "guests" } }));

        Assert.Equal((name, world.North), (me.Name, me.Organization));
        Assert.Equal([Role.Researcher], me.Roles);
        Assert.Null(me.Token);
        Assert.Equal(SignInMethod.SingleSignOn, me.Session!.Method);
    }

    [Fact]
    public async Task AtEachSignOn_TheRolesAreThoseOfTheGroupsNow()
    {
        var sub = $"a{Guid.CreateVersion7():N}";
        var first = await MeetAsync(await SignOnAsync(new { sub, name = "Grace", groups = new[] { "analysts", "office" } }));

        var again = await SignOnAsync(new { sub, name = "Admiral Grace", groups = new[] { "analysts" } });
        var second = await MeetAsync(again);

        Assert.Equal([Role.OrganizationAdmin, Role.Researcher], first.Roles.OrderBy(role => role.Name));
        Assert.Equal((first.User, first.Name), (second.User, second.Name));
        Assert.Equal([Role.Researcher], second.Roles);
    }

    [Fact]
    public async Task ANamesake_IsAnotherPerson_AndLooksIt()
    {
        var name = $"Kim {Guid.CreateVersion7():N}";
        var one = await MeetAsync(await SignOnAsync(new { sub = $"a{Guid.CreateVersion7():N}", name, groups = new[] { "analysts" } }));
        var other = await MeetAsync(await SignOnAsync(new { sub = $"b{Guid.CreateVersion7():N}", name, groups = new[] { "analysts" } }));

        Assert.NotEqual(one.User, other.User);
        Assert.StartsWith(name + " (", other.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereNoAccountIsMade_AnAdminLinksThePerson_ByTheirSubject()
    {
        var account = await world.Coordinator.Admin.PostAsync<CreatedUser>(Routes.Users,
            new CreateUser($"Linked {Guid.CreateVersion7():N}", null, world.North, [Role.OrganizationAdmin]));
        var path = $"{Routes.Users}/{account.User.Id}/identities";
        var subject = $"s{Guid.CreateVersion7():N}";
        world.Mock.UserInfo = $$"""{"sub":"{{subject}}","name":"Somebody","groups":["analysts"]}""";

        await world.Coordinator.Admin.PostAsync<LinkedIdentities>(path, new LinkIdentity("closed", subject));
        var journey = new Journey(world, "closed");
        Assert.Equal(Journey.LetIn, await journey.GoAsync());
        var me = await world.Coordinator.With(journey.Session!.Secret).GetAsync<Me>(Routes.Me);

        Assert.Equal((account.User.Id, account.User.Name), (me.User, me.Name));
        Assert.Equal([Role.Researcher], me.Roles);
        Assert.Equal(ErrorCodes.Conflict, (await world.Coordinator.Admin.RefusedAsync(HttpMethod.Post, path, new LinkIdentity("closed", subject))).Code);

        await world.Coordinator.Admin.DeleteAsync($"{path}?provider=closed&subject={subject}");
        Assert.Equal(ErrorCodes.Forbidden, await new Journey(world, "closed").GoAsync());
    }

    [Fact]
    public async Task OnlyAnAdmin_LinksAccounts_AndOnlyToProvidersOfTheirOrganization()
    {
        var (admin, elsewhere) = (world.Coordinator.Admin, await Hosting.Hospital.FoundAsync(world.Coordinator));
        var account = await admin.PostAsync<CreatedUser>(Routes.Users, new CreateUser($"Own {Guid.CreateVersion7():N}", null, world.North, [Role.Researcher]));
        LinkIdentity ask = new("closed", "somebody-else");

        Assert.Equal(ErrorCodes.Forbidden,
            (await world.Coordinator.With(account.Token.Secret).RefusedAsync(HttpMethod.Post, $"{Routes.Users}/{account.User.Id}/identities", ask)).Code);
        Assert.Equal(ErrorCodes.NotFound, (await elsewhere.Admin.RefusedAsync(HttpMethod.Post, $"{Routes.Users}/{account.User.Id}/identities", ask)).Code);
        Assert.Equal(ErrorCodes.Forbidden, (await elsewhere.Admin.RefusedAsync(HttpMethod.Post, $"{Routes.Users}/{elsewhere.AdminId}/identities", ask)).Code);
        Assert.Equal(ErrorCodes.InvalidInput,
            (await admin.RefusedAsync(HttpMethod.Post, $"{Routes.Users}/{account.User.Id}/identities", ask with { Provider = "nobody" })).Code);
    }

    [Fact]
    public async Task TheCoordinatorsAdmins_ComeFromAProviderThatMayMakeThem_AndLoseEverythingWithTheGroup()
    {
        world.Mock.UserInfo = """{"sub":"ruler","name":"The ruler","groups":["rulers"]}""";
        var journey = new Journey(world, "ruling");
        Assert.Equal(Journey.LetIn, await journey.GoAsync());
        var rest = world.Coordinator.With(journey.Session!.Secret);
        Assert.Equal([Role.Admin], (await rest.GetAsync<Me>(Routes.Me)).Roles);
        var token = await rest.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("kept"));

        world.Mock.UserInfo = """{"sub":"ruler","groups":["analysts"]}""";
        Assert.Equal(ErrorCodes.Forbidden, await new Journey(world, "ruling").GoAsync());

        Assert.Equal(ErrorCodes.Unauthenticated, (await rest.RefusedAsync(HttpMethod.Get, Routes.Me)).Code);
        Assert.Equal(ErrorCodes.Unauthenticated, (await world.Coordinator.With(token.Secret).RefusedAsync(HttpMethod.Get, Routes.Me)).Code);
    }

    [Fact]
    public async Task AnybodyCanSeeWhichProvidersThereAre() =>
        Assert.Contains(new SignOnProvider("campus", "The campus"), (await LoopbackSignOn.ProvidersAsync(Options(), Stop)));

    private async Task<SignedOn> SignOnAsync(object person)
    {
        using var signOn = LoopbackSignOn.Start(Options(), "campus");
        var finishing = signOn.FinishAsync(Stop);
        using var http = new HttpClient();
        // Whatever else knocks on the port is not the answer.
        using var strange = await http.GetAsync(new Uri(new Uri(Port(signOn)), "/vantage?state=guessed&code=x&iss=y"), Stop);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, strange.StatusCode);
        var address = await new Browser(world) { Person = person }.FollowAsync(signOn.Address);
        Assert.Contains("You are signed in.", await http.GetStringAsync(address, Stop), StringComparison.Ordinal);
        return await finishing;
    }

    private VantageClientOptions Options() => new() { Url = new Uri(world.Coordinator.Listening) };

    private Task<Me> MeetAsync(SignedOn signedOn) => world.Coordinator.With(signedOn.Secret).GetAsync<Me>(Routes.Me);

    private static string Port(LoopbackSignOn signOn) =>
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(signOn.Address.Query)["redirect_uri"].Single()!;
}
