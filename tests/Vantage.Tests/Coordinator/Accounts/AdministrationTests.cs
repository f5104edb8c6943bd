using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Accounts.SignIn;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Accounts;

/// <summary>What admins do to how somebody signs in, and what they can't.</summary>
public sealed class AdministrationTests(SignInWorld world) : IClassFixture<SignInWorld>
{
    [Fact]
    public async Task ADisabledAccount_SignsInNowhere_AndEnabledAgainHasNoneOfItsSessionsLeft()
    {
        var hospital = await Hospital.FoundAsync(world);
        var member = await world.JoinAsync(hospital);
        var session = await member.SignInAsync();
        var user = $"{Routes.Users}/{member.User.Id}/disabled";

        await hospital.Admin.DoneAsync(HttpMethod.Put, user);
        await hospital.Admin.DoneAsync(HttpMethod.Put, user);
        var refused = await session.RefusedAsync(HttpMethod.Get, Routes.Me);
        await hospital.Admin.DeleteAsync(user);

        Assert.Equal(ErrorCodes.Unauthenticated, refused.Code);
        Assert.Equal(ErrorCodes.Unauthenticated, (await session.RefusedAsync(HttpMethod.Get, Routes.Me)).Code);
        await member.SignInAsync();
        Assert.Equal(ErrorCodes.Conflict, (await hospital.Admin.RefusedAsync(HttpMethod.Put, $"{Routes.Users}/{hospital.AdminId}/disabled")).Code);
    }

    [Fact]
    public async Task AResetSecondFactor_LeavesThePassword_AndEndsTheSessions()
    {
        var hospital = await Hospital.FoundAsync(world);
        var member = await SignIns.WithAppAsync(world, hospital);
        var before = await world.Nobody.RefusedAsync(HttpMethod.Post, Routes.SignIn, new PasswordSignIn(member.Login, SignInWorld.Password));

        await hospital.Admin.DeleteAsync($"{Routes.Users}/{member.User.Id}/second-factor");
        var view = await (await member.SignInAsync()).GetAsync<AccountView>(Routes.Account);

        Assert.Equal(ErrorCodes.CodeNeeded, before.Code);
        Assert.Equal((false, 0, 0), (view.HasTotp, view.RecoveryCodes, view.Passkeys));
    }

    [Fact]
    public async Task NobodyDoesThese_ToThemselves_ToOtherOrganizations_OrWithoutBeingAnAdmin()
    {
        var (mine, theirs) = (await Hospital.FoundAsync(world), await Hospital.FoundAsync(world));
        var (member, victim) = (await world.JoinAsync(mine), await world.JoinAsync(theirs));
        var researcher = await member.SignInAsync();

        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Post, "invitation", new InviteUser()),
            (HttpMethod.Put, "disabled", null),
            (HttpMethod.Delete, "disabled", null),
            (HttpMethod.Delete, "second-factor", null),
        })
        {
            Assert.Equal(ErrorCodes.NotFound, (await mine.Admin.RefusedAsync(method, $"{Routes.Users}/{victim.User.Id}/{path}", body)).Code);
            Assert.Equal(ErrorCodes.Forbidden, (await researcher.RefusedAsync(method, $"{Routes.Users}/{member.User.Id}/{path}", body)).Code);
            Assert.Contains((await researcher.RefusedAsync(method, $"{Routes.Users}/{victim.User.Id}/{path}", body)).Code,
                new[] { ErrorCodes.NotFound, ErrorCodes.Forbidden });
        }
    }

    [Fact]
    public async Task ALoginBelongsToOne_WhateverTheOrganization()
    {
        var (mine, theirs) = (await Hospital.FoundAsync(world), await Hospital.FoundAsync(world));
        var member = await world.JoinAsync(mine);
        var (_, other) = await theirs.HireAsync(Role.Researcher);

        var taken = await theirs.Admin.RefusedAsync(HttpMethod.Post, $"{Routes.Users}/{other.User.Id}/invitation", new InviteUser(member.Login.ToUpperInvariant()));

        Assert.Equal(ErrorCodes.NameTaken, taken.Code);
    }
}
