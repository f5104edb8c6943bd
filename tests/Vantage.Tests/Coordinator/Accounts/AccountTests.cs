using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Accounts;

public sealed class AccountTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task ARevokedToken_IsRefusedWithinASecond()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var token = await hospital.Admin.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("laptop", 10));
        var rest = coordinator.With(token.Secret);
        Assert.Equal(hospital.AdminId, (await rest.GetAsync<Me>(Routes.Me)).User);

        await hospital.Admin.DeleteAsync($"{Routes.Tokens}/{token.Token.Id}");
        coordinator.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(ErrorCodes.Unauthenticated, (await rest.RefusedAsync(HttpMethod.Get, Routes.Me)).Code);
    }

    /// <summary>Other tenants' things are not there, to whoever asks and whatever is asked.</summary>
    [Fact]
    public async Task WhatBelongsToOthers_IsNotFound()
    {
        var (mine, theirs) = (await Hospital.FoundAsync(coordinator), await Hospital.FoundAsync(coordinator));
        var (node, _, _) = await theirs.EnrolAsync();
        var (_, user) = await theirs.HireAsync(Role.Researcher);
        var collaboration = await coordinator.Admin.PostAsync<Collaboration>(
            Routes.Collaborations, new CreateCollaboration($"Study {Guid.CreateVersion7():N}", [theirs.Id]));
        coordinator.Time.Advance(TimeSpan.FromSeconds(1));

        string[] paths =
        [
            $"{Routes.Organizations}/{theirs.Id}", $"{Routes.Nodes}/{node}", $"{Routes.Users}/{user.User.Id}",
            $"{Routes.Tokens}?user={user.User.Id}", $"{Routes.Collaborations}/{collaboration.Id}", $"{Routes.Collaborations}/{collaboration.Id}/studies",
        ];
        foreach (var path in paths)
            Assert.Equal(ErrorCodes.NotFound, (await mine.Admin.RefusedAsync(HttpMethod.Get, path)).Code);
        Assert.Equal(ErrorCodes.NotFound, (await mine.Admin.RefusedAsync(HttpMethod.Delete, $"{Routes.Tokens}/{user.Token.Token.Id}")).Code);
        Assert.Equal(ErrorCodes.NotFound, (await mine.Admin.RefusedAsync(HttpMethod.Delete, $"{Routes.Nodes}/{node}")).Code);
        Assert.DoesNotContain((await mine.Admin.GetAsync<Page<User>>(Routes.Users)).Items, u => u.Organization != mine.Id);
        Assert.DoesNotContain((await mine.Admin.GetAsync<Page<Node>>(Routes.Nodes)).Items, n => n.Organization != mine.Id);
    }

    [Fact]
    public async Task Partners_SeeEachOthersNodesThroughTheCollaboration_AndNoMore()
    {
        var (mine, theirs) = (await Hospital.FoundAsync(coordinator), await Hospital.FoundAsync(coordinator));
        var (node, _, _) = await theirs.CertifiedNodeAsync();
        var made = await coordinator.Admin.PostAsync<Collaboration>(
            Routes.Collaborations, new CreateCollaboration($"Study {Guid.CreateVersion7():N}", [mine.Id, theirs.Id]));
        coordinator.Time.Advance(TimeSpan.FromSeconds(1));

        var seen = await mine.Admin.GetAsync<Collaboration>($"{Routes.Collaborations}/{made.Id}");

        var member = seen.Members.Single(m => m.Organization == theirs.Id);
        Assert.Equal(theirs.Root.Der.ToArray(), member.Root);
        Assert.NotNull(member.Nodes.Single(n => n.Id == node).EncryptionCertificate);
        Assert.Equal(ErrorCodes.NotFound, (await mine.Admin.RefusedAsync(HttpMethod.Get, $"{Routes.Nodes}/{node}")).Code);
    }

    [Fact]
    public async Task NobodyGivesRightsBeyondTheirOwn()
    {
        var (mine, theirs) = (await Hospital.FoundAsync(coordinator), await Hospital.FoundAsync(coordinator));
        var (researcher, _) = await mine.HireAsync(Role.Researcher);

        (Rest Who, CreateUser Ask)[] attempts =
        [
            (mine.Admin, new CreateUser("A", null, null, [Role.Admin])),
            (mine.Admin, new CreateUser("A", null, theirs.Id, [Role.Researcher])),
            (researcher, new CreateUser("A", null, mine.Id, [Role.Researcher])),
        ];
        foreach (var (who, ask) in attempts)
            Assert.Equal(ErrorCodes.Forbidden, (await who.RefusedAsync(HttpMethod.Post, Routes.Users, ask)).Code);
        var mixed = await coordinator.Admin.RefusedAsync(HttpMethod.Post, Routes.Users, new CreateUser("A", null, mine.Id, [Role.Admin]));
        Assert.Equal(ErrorCodes.InvalidInput, mixed.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" padded ")]
    [InlineData("line\nbreak")]
    [InlineData("hidden\u200b")]
    public async Task ANameThatShowsDifferentlyFromWhatItIs_IsRefused(string name)
    {
        var refused = await coordinator.Admin.RefusedAsync(HttpMethod.Post, Routes.Organizations, new CreateOrganization(name));

        Assert.Equal(ErrorCodes.InvalidInput, refused.Code);
        Assert.Contains("name", refused.Errors!.Keys);
    }

    [Fact]
    public async Task ADoubledName_IsTaken_WhateverItsCase()
    {
        var name = $"Clinic {Guid.CreateVersion7():N}";
        await coordinator.Admin.PostAsync<Organization>(Routes.Organizations, new CreateOrganization(name));

        var refused = await coordinator.Admin.RefusedAsync(HttpMethod.Post, Routes.Organizations, new CreateOrganization(name.ToUpperInvariant()));

        Assert.Equal(ErrorCodes.NameTaken, refused.Code);
    }
}
