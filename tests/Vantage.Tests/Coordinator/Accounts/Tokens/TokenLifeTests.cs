using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Accounts.Tokens;

public sealed class TokenLifeTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARotatedToken_IsGoodBesideItsSuccessor_UntilTheOverlapEnds()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var old = await hospital.Admin.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("robot", 30, AllowedFrom: ["127.0.0.0/8"]));

        var next = await hospital.Admin.PostAsync<CreatedToken>($"{Routes.Tokens}/{old.Token.Id}/rotate", new RotateToken(60));

        Assert.Equal(old.Token.Id, (await coordinator.With(old.Secret).GetAsync<Me>(Routes.Me)).Token!.Id);
        Assert.Equal(next.Token.Id, (await coordinator.With(next.Secret).GetAsync<Me>(Routes.Me)).Token!.Id);
        Assert.Equal("robot", next.Token.Name);
        Assert.Equal(["127.0.0.0/8"], next.Token.AllowedFrom!);
        Assert.Equal(30, (next.Token.ExpiresAt - next.Token.CreatedAt).TotalDays, 0.01);
        var during = await hospital.Admin.GetAsync<TokenInfo>($"{Routes.Tokens}/{old.Token.Id}");
        Assert.Equal((next.Token.Id, true), (during.ReplacedBy, during.Active));
        Assert.Equal(60, (during.ExpiresAt - next.Token.CreatedAt).TotalMinutes, 0.1);

        await EndAsync(old);

        Assert.Equal(ErrorCodes.TokenExpired, (await coordinator.With(old.Secret).RefusedAsync(HttpMethod.Get, Routes.Me)).Code);
        Assert.Equal(next.Token.Id, (await coordinator.With(next.Secret).GetAsync<Me>(Routes.Me)).Token!.Id);
        Assert.False((await hospital.Admin.GetAsync<TokenInfo>($"{Routes.Tokens}/{old.Token.Id}")).Active);
    }

    [Fact]
    public async Task RotatingWithoutOverlap_EndsTheOldTokenWithinASecond()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var old = await hospital.Admin.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("leaked"));
        var rest = coordinator.With(old.Secret);
        await rest.GetAsync<Me>(Routes.Me);

        await rest.PostAsync<CreatedToken>($"{Routes.Tokens}/{old.Token.Id}/rotate", new RotateToken(0));
        coordinator.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(ErrorCodes.TokenExpired, (await rest.RefusedAsync(HttpMethod.Get, Routes.Me)).Code);
    }

    [Fact]
    public async Task OfSeveralWhoRotateAtOnce_OneGetsASuccessor()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var old = await hospital.Admin.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("robot"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            using var content = System.Net.Http.Json.JsonContent.Create(new { overlapMinutes = 5 });
            using var response = await hospital.Admin.Http.PostAsync(new Uri($"{Routes.Tokens}/{old.Token.Id}/rotate", UriKind.Relative), content, Stop);
            return (int)response.StatusCode;
        }));

        Assert.Equal([201, 409, 409, 409, 409, 409], answers.Order());
        Assert.Equal(3, (await hospital.Admin.GetAsync<Page<TokenInfo>>(Routes.Tokens)).Items.Count);
    }

    [Fact]
    public async Task WhatHasEnded_IsGivenNoLongerLife()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        async Task<CreatedToken> MakeAsync() => await hospital.Admin.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("x"));
        var (revoked, expired, rotated) = (await MakeAsync(), await MakeAsync(), await MakeAsync());
        await hospital.Admin.DeleteAsync($"{Routes.Tokens}/{revoked.Token.Id}");
        await EndAsync(expired);
        await hospital.Admin.PostAsync<CreatedToken>($"{Routes.Tokens}/{rotated.Token.Id}/rotate", new RotateToken());

        foreach (var ended in new[] { revoked, expired, rotated })
        {
            var path = $"{Routes.Tokens}/{ended.Token.Id}";
            Assert.Equal(ErrorCodes.Conflict, (await hospital.Admin.RefusedAsync(HttpMethod.Post, $"{path}/renew", new RenewToken())).Code);
            Assert.Equal(ErrorCodes.Conflict, (await hospital.Admin.RefusedAsync(HttpMethod.Post, $"{path}/rotate", new RotateToken())).Code);
        }
    }

    [Fact]
    public async Task ARenewedToken_KeepsItsSecret_AndEndsLater()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var token = await hospital.Admin.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("robot", 1));

        var renewed = await coordinator.With(token.Secret).PostAsync<TokenInfo>($"{Routes.Tokens}/{token.Token.Id}/renew", new RenewToken(30));

        Assert.Equal(30, (renewed.ExpiresAt - token.Token.CreatedAt).TotalDays, 0.01);
        var kept = await hospital.Admin.GetAsync<TokenInfo>($"{Routes.Tokens}/{token.Token.Id}");
        Assert.Equal(renewed.ExpiresAt, kept.ExpiresAt, TimeSpan.FromMilliseconds(1));
        Assert.Equal(token.Token.Id, (await coordinator.With(token.Secret).GetAsync<Me>(Routes.Me)).Token!.Id);
    }

    [Theory]
    [InlineData("renew", """{"days":367}""", "days")]
    [InlineData("renew", """{"days":0}""", "days")]
    [InlineData("rotate", """{"overlapMinutes":10081}""", "overlapMinutes")]
    [InlineData("rotate", """{"overlapMinutes":-1}""", "overlapMinutes")]
    [InlineData("rotate", """{"days":367}""", "days")]
    public async Task ALifeBeyondTheSetting_IsRefused(string what, string body, string member)
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var token = await hospital.Admin.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("robot"));

        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var refused = await hospital.Admin.RefusedAsync(HttpMethod.Post, $"{Routes.Tokens}/{token.Token.Id}/{what}", content);

        Assert.Equal(ErrorCodes.InvalidInput, refused.Code);
        Assert.Contains(member, refused.Errors!.Keys);
    }

    [Fact]
    public async Task AToken_IsInspectedByItsOwner_AndWhoAdministersThem_AndNobodyElse()
    {
        var (mine, theirs) = (await Hospital.FoundAsync(coordinator), await Hospital.FoundAsync(coordinator));
        var (owner, user) = await mine.HireAsync(Role.Researcher);
        var (colleague, _) = await mine.HireAsync(Role.Researcher);
        var path = $"{Routes.Tokens}/{user.Token.Token.Id}";

        var seen = await owner.GetAsync<TokenInfo>(path);

        Assert.Equal((user.User.Id, true), (seen.User, seen.Active));
        Assert.NotNull(seen.LastUsedAt);
        Assert.Equal(seen.Id, (await mine.Admin.GetAsync<TokenInfo>(path)).Id);
        Assert.Equal(ErrorCodes.NotFound, (await theirs.Admin.RefusedAsync(HttpMethod.Get, path)).Code);
        foreach (var (method, what, body) in Deeds(path))
        {
            Assert.Equal(ErrorCodes.NotFound, (await theirs.Admin.RefusedAsync(method, what, body)).Code);
            Assert.Contains((await colleague.RefusedAsync(method, what, body)).Code, new[] { ErrorCodes.Forbidden, ErrorCodes.NotFound });
        }
    }

    private static IEnumerable<(HttpMethod Method, string Path, object? Body)> Deeds(string path) =>
    [
        (HttpMethod.Get, path, null), (HttpMethod.Post, $"{path}/rotate", new RotateToken()),
        (HttpMethod.Post, $"{path}/renew", new RenewToken()), (HttpMethod.Delete, path, null),
    ];

    /// <summary>As if its time had come: ends are by the database's clock, which tests do not move.</summary>
    private async Task EndAsync(CreatedToken token)
    {
        await using var command = coordinator.Superuser.CreateCommand("UPDATE api_token SET expires_at = now() - interval '1 second' WHERE id = $1");
        command.Parameters.Add(new() { Value = token.Token.Id.Value });
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Stop));
        coordinator.Time.Advance(TimeSpan.FromSeconds(1));
    }
}
