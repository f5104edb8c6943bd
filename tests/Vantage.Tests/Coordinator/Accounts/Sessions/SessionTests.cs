using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Accounts.Sessions;

/// <summary>What sessions of people may do, and when they end. The clock of this Coordinator only goes forward.</summary>
public sealed class SessionTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ASession_IsItsPerson_AndSaysSo()
    {
        var hospital = await Hospital.FoundAsync(coordinator);

        var (http, opened) = await OpenSessions.AdminOfAsync(coordinator, hospital);
        var me = await http.GetAsync<Me>(Routes.Me);

        Assert.Equal(hospital.AdminId, me.User);
        Assert.Null(me.Token);
        Assert.Equal(opened.Session.Id, me.Session!.Id);
        Assert.True(me.Session.Current);
        Assert.Equal("Tests/1", me.Session.Agent);
    }

    [Fact]
    public async Task OfItsSecret_TheDatabaseHoldsNothingButTheHash()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var (_, opened) = await OpenSessions.AdminOfAsync(coordinator, hospital);

        await using var command = coordinator.Superuser.CreateCommand("SELECT s::text FROM account_session s WHERE id = $1");
        command.Parameters.Add(new() { Value = opened.Session.Id.Value });
        var row = (string)(await command.ExecuteScalarAsync(Cancel))!;

        Assert.DoesNotContain(opened.Secret.Substring("vus_".Length + 32 + 1, 43), row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignedOut_OrEndedFromElsewhere_ItOpensNothing()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var (first, _) = await OpenSessions.AdminOfAsync(coordinator, hospital);
        var (second, other) = await OpenSessions.AdminOfAsync(coordinator, hospital);
        var (third, _) = await OpenSessions.AdminOfAsync(coordinator, hospital);

        await first.DeleteAsync($"{Routes.AccountSessions}/{other.Session.Id}");
        var left = await first.GetAsync<Page<UserSession>>(Routes.AccountSessions);
        await first.DeleteAsync(Routes.AccountSessions);
        var alone = await first.GetAsync<Page<UserSession>>(Routes.AccountSessions);
        using (var response = await first.Http.PostAsync(new Uri(Routes.SignOut, UriKind.Relative), null, Cancel))
            Assert.Equal(System.Net.HttpStatusCode.NoContent, response.StatusCode);

        Assert.Equal(2, left.Items.Count);
        Assert.True(Assert.Single(alone.Items).Current);
        foreach (var http in new[] { first, second, third })
            Assert.Equal(ErrorCodes.Unauthenticated, (await http.RefusedAsync(HttpMethod.Get, Routes.Me)).Code);
    }

    [Fact]
    public async Task NobodyEndsOrSeesAColleaguesSession()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var (ada, user) = await hospital.HireAsync(Role.Researcher);
        var theirs = await OpenSessions.OpenAsync(coordinator, user.User.Id, hospital.Id);

        var refused = await hospital.Admin.RefusedAsync(HttpMethod.Delete, $"{Routes.AccountSessions}/{theirs.Session.Id}");
        var seen = await hospital.Admin.GetAsync<Page<UserSession>>(Routes.AccountSessions);

        Assert.Equal(ErrorCodes.NotFound, refused.Code);
        Assert.DoesNotContain(seen.Items, session => session.Id == theirs.Session.Id);
        Assert.Single((await ada.GetAsync<Page<UserSession>>(Routes.AccountSessions)).Items);
    }

    [Fact]
    public async Task WhatAnAdminChanges_WantsAFreshProof_OfASessionAndNotOfAToken()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var (http, _) = await OpenSessions.AdminOfAsync(coordinator, hospital);
        CreateUser Somebody() => new($"P {Guid.CreateVersion7():N}", null, hospital.Id, [Role.Researcher]);

        await http.PostAsync<CreatedUser>(Routes.Users, Somebody());
        coordinator.Time.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal(ErrorCodes.ConfirmationNeeded, (await http.RefusedAsync(HttpMethod.Post, Routes.Users, Somebody())).Code);
        Assert.Equal(ErrorCodes.ConfirmationNeeded, (await http.RefusedAsync(HttpMethod.Post, Routes.Tokens, new CreateToken("mine"))).Code);
        await http.GetAsync<Page<User>>(Routes.Users);
        await hospital.Admin.PostAsync<CreatedUser>(Routes.Users, Somebody());
    }

    [Fact]
    public async Task ADisabledAccount_OpensNothing_WithSessionOrToken()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var (ada, user) = await hospital.HireAsync(Role.Researcher);
        var session = coordinator.With((await OpenSessions.OpenAsync(coordinator, user.User.Id, hospital.Id)).Secret);

        await using var command = coordinator.Superuser.CreateCommand("UPDATE account SET disabled_at = now() WHERE id = $1");
        command.Parameters.Add(new() { Value = user.User.Id.Value });
        await command.ExecuteNonQueryAsync(Cancel);

        Assert.Equal(ErrorCodes.Unauthenticated, (await session.RefusedAsync(HttpMethod.Get, Routes.Me)).Code);
        Assert.Equal(ErrorCodes.Unauthenticated, (await ada.RefusedAsync(HttpMethod.Get, Routes.Me)).Code);
    }

    [Fact]
    public Task ARevokedSession_EndsItsOpenStream_Soon() => Promptly.WithinAsync(TimeSpan.FromSeconds(5), async () =>
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var (http, opened) = await OpenSessions.AdminOfAsync(coordinator, hospital);
        using var response = await http.Http.GetAsync(new Uri(Routes.Events, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
        await using var stream = await response.Content.ReadAsStreamAsync(Cancel);

        var clock = System.Diagnostics.Stopwatch.StartNew();
        await hospital.Admin.DeleteAsync($"{Routes.AccountSessions}/{opened.Session.Id}");
        using var rest = new StreamReader(stream);
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await rest.ReadToEndAsync(Cancel);
            throw new IOException("It ended in order.");
        });

        return clock.Elapsed;
    });
}
