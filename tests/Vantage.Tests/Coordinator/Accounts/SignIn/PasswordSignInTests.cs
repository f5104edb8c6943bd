using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Accounts.SignIn;

/// <summary>From an invitation to a session, by password.</summary>
public sealed class PasswordSignInTests(SignInWorld world) : IClassFixture<SignInWorld>
{
    private const string Another = "seven violet umbrellas";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhoeverWasInvited_SetsAPassword_AndSignsInWithIt_WhateverTheCaseOfTheName()
    {
        var member = await world.JoinAsync(await Hospital.FoundAsync(world));

        var me = await (await member.SignInAsync()).GetAsync<Me>(Routes.Me);
        var again = await world.Nobody.PostAsync<SignedIn>(Routes.SignIn,
            new PasswordSignIn($" {member.Login.ToUpperInvariant()} ", SignInWorld.Password));

        Assert.Equal(member.User.Id, me.User);
        Assert.Equal(SignInMethod.Password, me.Session!.Method);
        Assert.StartsWith("vus_", again.Secret, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnInvitation_IsGoodOnce_AndUntilTheNextOne_AndForSevenDays()
    {
        var hospital = await Hospital.FoundAsync(world);
        var (_, user) = await hospital.HireAsync(Role.Researcher);
        Task<InvitedUser> InviteAsync() =>
            hospital.Admin.PostAsync<InvitedUser>($"{Routes.Users}/{user.User.Id}/invitation", new InviteUser($"u{user.User.Id}"));
        async Task<string> TryAsync(string code) =>
            (await world.Nobody.RefusedAsync(HttpMethod.Post, Routes.SignInInvitation, new SetPassword(code, SignInWorld.Password))).Code;

        var replaced = await InviteAsync();
        var used = await InviteAsync();
        await world.Nobody.DoneAsync(HttpMethod.Post, Routes.SignInInvitation, new SetPassword(used.Code!.ToUpperInvariant(), SignInWorld.Password));
        var late = await InviteAsync();
        Assert.Equal(ErrorCodes.AccountCodeInvalid, await TryAsync(replaced.Code!));
        Assert.Equal(ErrorCodes.AccountCodeInvalid, await TryAsync(used.Code));
        Assert.Equal(ErrorCodes.AccountCodeInvalid, await TryAsync("vac_nonsense"));
        Assert.Equal(ErrorCodes.AccountCodeInvalid, (await world.Nobody.RefusedAsync(HttpMethod.Post, Routes.SignInRecoveryPassword,
            new SetPassword(late.Code!, SignInWorld.Password))).Code);
        world.Time.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
        Assert.Equal(ErrorCodes.AccountCodeInvalid, await TryAsync(late.Code!));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("passwordpassword")]
    [InlineData("Password12345!")]
    [InlineData("aaaabbbbaaaabbbb")]
    public async Task ACommonOrShortPassword_IsRefused_AndTheCodeStaysGood(string password)
    {
        var hospital = await Hospital.FoundAsync(world);
        var (_, user) = await hospital.HireAsync(Role.Researcher);
        var invited = await hospital.Admin.PostAsync<InvitedUser>($"{Routes.Users}/{user.User.Id}/invitation", new InviteUser($"u{user.User.Id}"));

        var refused = await world.Nobody.RefusedAsync(HttpMethod.Post, Routes.SignInInvitation, new SetPassword(invited.Code!, password));
        await world.Nobody.DoneAsync(HttpMethod.Post, Routes.SignInInvitation, new SetPassword(invited.Code!, SignInWorld.Password));

        Assert.Equal(ErrorCodes.InvalidInput, refused.Code);
        Assert.Contains("password", refused.Errors!.Keys);
    }

    [Fact]
    public async Task ChangingThePassword_TakesTheOldOne_AndEndsAllOtherSessions()
    {
        var member = await world.JoinAsync(await Hospital.FoundAsync(world));
        var (here, elsewhere) = (await member.SignInAsync(), await member.SignInAsync());

        var wrong = await here.RefusedAsync(HttpMethod.Post, Routes.AccountPassword, new ChangePassword("not the old one", Another));
        await here.DoneAsync(HttpMethod.Post, Routes.AccountPassword, new ChangePassword(SignInWorld.Password, Another));

        Assert.Equal(ErrorCodes.SignInRefused, wrong.Code);
        await here.GetAsync<Me>(Routes.Me);
        Assert.Equal(ErrorCodes.Unauthenticated, (await elsewhere.RefusedAsync(HttpMethod.Get, Routes.Me)).Code);
        Assert.Equal(ErrorCodes.SignInRefused, (await world.Nobody.RefusedAsync(HttpMethod.Post, Routes.SignIn,
            new PasswordSignIn(member.Login, SignInWorld.Password))).Code);
        await member.SignInAsync(password: Another);
        Assert.Contains("was changed", (await world.Mail.NextAsync(member.Login)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confirming_MakesASessionFreshAgain()
    {
        var member = await world.JoinAsync(await Hospital.FoundAsync(world), Role.OrganizationAdmin);
        var http = await member.SignInAsync();
        CreateUser Somebody() => new($"P {Guid.CreateVersion7():N}", null, member.Hospital.Id, [Role.Researcher]);

        world.Time.Advance(TimeSpan.FromMinutes(11));
        var stale = await http.RefusedAsync(HttpMethod.Post, Routes.Users, Somebody());
        var wrong = await http.RefusedAsync(HttpMethod.Post, Routes.AccountConfirmation, new ConfirmSession("no"));
        await http.DoneAsync(HttpMethod.Post, Routes.AccountConfirmation, new ConfirmSession(SignInWorld.Password));

        Assert.Equal(ErrorCodes.ConfirmationNeeded, stale.Code);
        Assert.Equal(ErrorCodes.SignInRefused, wrong.Code);
        await http.PostAsync<CreatedUser>(Routes.Users, Somebody());
    }

    [Fact]
    public async Task AToken_ChangesNothingThatSignsAPersonIn()
    {
        var hospital = await Hospital.FoundAsync(world);

        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Post, Routes.AccountPassword, new ChangePassword("a", "b")),
            (HttpMethod.Put, Routes.AccountEmail, new ChangeEmail("eve@example.org")),
            (HttpMethod.Post, Routes.AccountTotp, null),
            (HttpMethod.Delete, Routes.AccountTotp, null),
            (HttpMethod.Post, Routes.AccountRecoveryCodes, null),
            (HttpMethod.Post, Routes.AccountPasskeys + "/challenge", null),
        })
        {
            Assert.Equal(ErrorCodes.Forbidden, (await hospital.Admin.RefusedAsync(method, path, body)).Code);
        }
    }

    [Fact]
    public async Task ForABrowser_TheSessionIsACookie_AndNotInTheAnswer()
    {
        var member = await world.JoinAsync(await Hospital.FoundAsync(world));
        using var browser = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = new Uri(world.Url) };
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await browser.PostAsync(new Uri(Routes.SignIn, UriKind.Relative), new StringContent(
            $$"""{"user":"{{member.Login}}","password":"{{SignInWorld.Password}}","cookie":true}""", System.Text.Encoding.UTF8, "application/json"), Cancel);
        var foreign = await world.Nobody.RefusedAsync(HttpMethod.Post, Routes.SignIn, new PasswordSignIn(member.Login, SignInWorld.Password, null, true));

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Matches("^__Host-vantage=vus_[^;]+; expires=[^;]+; path=/; secure; samesite=strict; httponly$", cookie);
        Assert.DoesNotContain("vus_", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.CrossSite, foreign.Code);
    }

    [Fact]
    public async Task TheDatabase_HoldsNeitherPasswordNorCode()
    {
        var member = await world.JoinAsync(await Hospital.FoundAsync(world));
        await using var command = world.Superuser.CreateCommand(
            "SELECT string_agg(t::text, '') FROM (SELECT s::text FROM account_sign_in s UNION ALL SELECT c::text FROM account_code c) AS t");

        var all = (string)(await command.ExecuteScalarAsync(Cancel))!;

        Assert.Contains(member.Login, all, StringComparison.Ordinal);
        Assert.DoesNotContain(SignInWorld.Password, all, StringComparison.Ordinal);
        Assert.DoesNotContain("vac_", all, StringComparison.Ordinal);
    }
}
