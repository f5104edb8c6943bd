using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Accounts.Tokens;

public sealed class TokenScopeTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    /// <summary>Each role with each rule there is, also those that it does not have.</summary>
    [Fact]
    public void WhateverAScopeSays_NobodyHasMoreByIt()
    {
        var rules = RuleTable.Rows.SelectMany(row => row.Scopes.Select(scope => new Rule(row.Permission, scope))).ToList();
        foreach (var role in Role.Defaults)
        {
            var owner = AccountRights.Of(role != Role.Admin, [role.Name], []);
            foreach (var rule in rules)
            {
                var left = TokenTerms.Of(null, [rule.ToString()]).Narrow(owner);

                Assert.True(owner.Covers(left), $"{role} by {rule}");
                Assert.True(left[rule.Permission] is not { } scope || scope <= rule.Scope || rule.Permission.Operation == Operation.View);
                Assert.True(left.Rules.Count() <= 3, $"{role} by {rule}: {string.Join(' ', left.Rules)}");
            }

            Assert.Same(owner, TokenTerms.Unlimited.Narrow(owner));
        }
    }

    [Fact]
    public async Task ANarrowToken_DoesWhatItsScopesSay_AndNothingElseOfItsOwnersRights()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var token = await hospital.Admin.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("reader", Scopes: ["collaboration.view", "user.view@own"]));
        var rest = coordinator.With(token.Secret);

        await rest.GetAsync<Page<Collaboration>>(Routes.Collaborations);
        Assert.Contains("collaboration.view@collaboration", (await rest.GetAsync<Me>(Routes.Me)).Rights!);
        Assert.Equal(token.Token.Scopes!, (await rest.GetAsync<TokenInfo>($"{Routes.Tokens}/{token.Token.Id}")).Scopes!);

        (HttpMethod, string, object?)[] deeds =
        [
            (HttpMethod.Get, Routes.Nodes, null), (HttpMethod.Post, Routes.Nodes, new InviteNode("n")), (HttpMethod.Get, Routes.Tasks, null),
            (HttpMethod.Post, Routes.Users, new CreateUser("U", null, hospital.Id, [Role.Researcher])),
            (HttpMethod.Post, Routes.Tokens, new CreateToken("child")), (HttpMethod.Delete, $"{Routes.Tokens}/{token.Token.Id}", null),
            (HttpMethod.Post, $"{Routes.Tokens}/{token.Token.Id}/rotate", new RotateToken()),
        ];
        foreach (var (method, path, body) in deeds)
            Assert.Equal(ErrorCodes.Forbidden, (await rest.RefusedAsync(method, path, body)).Code);
        Assert.Single((await rest.GetAsync<Page<User>>(Routes.Users)).Items);
    }

    [Fact]
    public async Task AToken_MakesNoneThatMayMore_AndGetsTheSecretOfNone()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var (_, colleague) = await hospital.HireAsync(Role.Researcher);
        var whole = await hospital.Admin.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("whole"));
        var maker = await hospital.Admin.PostAsync<CreatedToken>(Routes.Tokens,
            new CreateToken("maker", Scopes: ["token.create@organization", "node.view@own", "user.view@organization"]));
        var rest = coordinator.With(maker.Secret);

        var same = await rest.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("same"));
        var narrower = await rest.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("narrower", Scopes: ["node.view"]));

        Assert.Equal(maker.Token.Scopes!.Order(), same.Token.Scopes!.Order());
        Assert.Equal(["node.view@own"], narrower.Token.Scopes!);
        CreateToken[] wider =
        [
            new("wider", Scopes: ["node.view@organization"]), new("wider", Scopes: ["node.create@organization"]),
            new("wider", Scopes: ["audit.view"]), new("wider", Scopes: ["node.view", "organization.create@global"]),
            new("wider", User: colleague.User.Id), new("wider", User: colleague.User.Id, Scopes: ["task.create"]),
        ];
        foreach (var ask in wider)
            Assert.Equal(ErrorCodes.Forbidden, (await rest.RefusedAsync(HttpMethod.Post, Routes.Tokens, ask)).Code);
        Assert.Equal(ErrorCodes.Forbidden, (await rest.RefusedAsync(HttpMethod.Post, $"{Routes.Tokens}/{whole.Token.Id}/rotate", new RotateToken())).Code);
        Assert.Equal(narrower.Token.Scopes!, (await rest.PostAsync<CreatedToken>($"{Routes.Tokens}/{narrower.Token.Id}/rotate", new RotateToken())).Token.Scopes!);
    }

    [Fact]
    public async Task NobodyMakesATokenWithMoreThanTheyHave()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var (researcher, _) = await hospital.HireAsync(Role.Researcher);

        foreach (var scope in new[] { "node.create", "task.view@collaboration", "organization.create@global", "run.execute" })
            Assert.NotEqual(201, (await researcher.RefusedAsync(HttpMethod.Post, Routes.Tokens, new CreateToken("more", Scopes: [scope]))).Status);
        foreach (var scope in new[] { "everything", "task", "task.view@", "TASK.VIEW", "task.view@everywhere", "" })
            Assert.Equal(ErrorCodes.InvalidInput, (await researcher.RefusedAsync(HttpMethod.Post, Routes.Tokens, new CreateToken("odd", Scopes: [scope]))).Code);
        Assert.Equal(ErrorCodes.InvalidInput, (await researcher.RefusedAsync(HttpMethod.Post, Routes.Tokens, new CreateToken("none", Scopes: []))).Code);
    }

    [Fact]
    public async Task ANetworkToken_GetsNoSecretOfOneThatIsGoodFromMorePlaces()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var anywhere = await hospital.Admin.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("anywhere"));
        var here = await hospital.Admin.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("here", AllowedFrom: ["127.0.0.1"]));

        var refused = await coordinator.With(here.Secret).RefusedAsync(HttpMethod.Post, $"{Routes.Tokens}/{anywhere.Token.Id}/rotate", new RotateToken());

        Assert.Equal(ErrorCodes.Forbidden, refused.Code);
    }
}
