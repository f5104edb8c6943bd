using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.Coordinator.Accounts.SingleSignOn.Refusals;

/// <summary>People whom a provider vouches for, and who have no account here, or no role.</summary>
internal static class PeopleCases
{
    public static IEnumerable<RefusedCase> All =>
    [
        Case("somebody in no group", """{"sub":"SUB","name":"N"}"""),
        Case("somebody in an empty list of groups", """{"sub":"SUB","groups":[]}"""),
        Case("somebody in a group that gives nothing", """{"sub":"SUB","groups":["guests"]}"""),
        Case("somebody in a group called like a role", """{"sub":"SUB","groups":["researcher","admin"]}"""),
        Case("somebody in a group of another case", """{"sub":"SUB","groups":["Analysts"]}"""),
        Case("somebody whose groups are a number", """{"sub":"SUB","groups":7}"""),
        Case("somebody whose groups are mixed", """{"sub":"SUB","groups":["analysts",7]}"""),
        Case("somebody whose groups stand elsewhere", """{"sub":"SUB","Groups":["analysts"],"roles":["analysts"]}"""),
        Case("somebody without an account, where none is made", """{"sub":"SUB","groups":["analysts"]}""", "closed"),
        Case("somebody in no group that makes admins", """{"sub":"SUB","groups":["analysts"]}""", "ruling"),
        new("somebody with the address of a colleague's account", ErrorCodes.Forbidden, async world =>
        {
            var email = $"{Guid.CreateVersion7():N}@example.org";
            await world.Coordinator.Admin.PostAsync<CreatedUser>(Routes.Users, new CreateUser($"Colleague {email}", email, world.North, [Role.OrganizationAdmin]));
            world.Mock.UserInfo = $$"""{"sub":"{{email}}","name":"Colleague {{email}}","email":"{{email}}","email_verified":true,"groups":["analysts"]}""";
            return await new Journey(world, "closed").GoAsync();
        }),
        new("somebody of the same name at another provider", ErrorCodes.Forbidden, async world =>
        {
            world.Mock.UserInfo = """{"sub":"same-name","groups":["analysts"]}""";
            Assert.Equal(Journey.LetIn, await new Journey(world).GoAsync());
            return await new Journey(world, "closed").GoAsync();
        }),
        new("somebody who has lost the last group", ErrorCodes.Forbidden, async world =>
        {
            world.Mock.UserInfo = """{"sub":"leaver","groups":["analysts"]}""";
            Assert.Equal(Journey.LetIn, await new Journey(world).GoAsync());
            world.Mock.UserInfo = """{"sub":"leaver","groups":[]}""";
            return await new Journey(world).GoAsync();
        }),
        new("the sessions of somebody who has lost the last group", ErrorCodes.Unauthenticated, async world =>
        {
            world.Mock.UserInfo = """{"sub":"late-leaver","groups":["analysts"]}""";
            var journey = new Journey(world);
            Assert.Equal(Journey.LetIn, await journey.GoAsync());
            world.Mock.UserInfo = """{"sub":"late-leaver"}""";
            Assert.Equal(ErrorCodes.Forbidden, await new Journey(world).GoAsync());
            world.Coordinator.Time.Advance(TimeSpan.FromSeconds(1));
            return (await world.Coordinator.With(journey.Session!.Secret).RefusedAsync(HttpMethod.Get, Routes.Me)).Code;
        }),
    ];

    private static RefusedCase Case(string name, string userInfo, string provider = "mock") => new(name, ErrorCodes.Forbidden, async world =>
    {
        world.Mock.UserInfo = userInfo.Replace("SUB", $"s{Guid.CreateVersion7():N}", StringComparison.Ordinal);
        return await new Journey(world, provider).GoAsync();
    });
}
