using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;
using Vantage.Tests.Coordinator.Persistence;

namespace Vantage.Tests.Coordinator.Accounts.Tokens;

public sealed class TokenAddressTests(RunningCoordinator coordinator, PostgresFixture server) : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task AToken_IsGoodFromItsNetworksOnly_AndElsewhereIsUnknown()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var here = await hospital.Admin.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("here", AllowedFrom: ["192.0.2.0/24", "127.0.0.1"]));
        var elsewhere = await hospital.Admin.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("elsewhere", AllowedFrom: ["192.0.2.0/24"]));

        Assert.Equal(["192.0.2.0/24", "127.0.0.1/32"], (await coordinator.With(here.Secret).GetAsync<Me>(Routes.Me)).Token!.AllowedFrom!);
        var refused = await coordinator.With(elsewhere.Secret).RefusedAsync(HttpMethod.Get, Routes.Me);
        await hospital.Admin.DeleteAsync($"{Routes.Tokens}/{here.Token.Id}");
        coordinator.Time.Advance(TimeSpan.FromSeconds(1));
        var unknown = await coordinator.With(here.Secret).RefusedAsync(HttpMethod.Get, Routes.Me);

        Assert.Equal(ErrorCodes.Unauthenticated, refused.Code);
        Assert.Equal((unknown.Code, unknown.Detail), (refused.Code, refused.Detail));
    }

    [Fact]
    public async Task WhatACallerSaysOfTheirAddress_IsBelievedFromAProxyInFrontAlone()
    {
        var direct = await MakeAsync(coordinator);
        await using var proxied = new RunningCoordinator(server) { Change = settings => settings with { Listen = settings.Listen with { BehindTlsProxy = true } } };
        await proxied.InitializeAsync();
        var behind = await MakeAsync(proxied);

        Assert.False(await IsLetInAsync(coordinator, direct, "192.0.2.7"));
        Assert.False(await IsLetInAsync(proxied, behind, null));
        Assert.True(await IsLetInAsync(proxied, behind, "192.0.2.7"));
        // The proxy adds whom it sees at the end; what stands before that the caller has made up.
        Assert.True(await IsLetInAsync(proxied, behind, "198.51.100.1, 192.0.2.7"));
        Assert.False(await IsLetInAsync(proxied, behind, "192.0.2.7, 198.51.100.1"));
        Assert.False(await IsLetInAsync(proxied, behind, "198.51.100.1"));
    }

    [Fact]
    public async Task AToken_MakesNoneThatIsGoodFromMorePlaces()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var narrow = await hospital.Admin.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("narrow", AllowedFrom: ["127.0.0.0/16"]));
        var rest = coordinator.With(narrow.Secret);

        var same = await rest.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("same"));
        var narrower = await rest.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("narrower", AllowedFrom: ["127.0.0.0/24"]));

        var hired = await rest.PostAsync<CreatedUser>(Routes.Users, new CreateUser($"Hired {Guid.CreateVersion7():N}", null, hospital.Id, [Role.Researcher]));

        Assert.Equal(["127.0.0.0/16"], same.Token.AllowedFrom!);
        Assert.Equal(["127.0.0.0/16"], hired.Token.Token.AllowedFrom!);
        Assert.Equal(["127.0.0.0/24"], narrower.Token.AllowedFrom!);
        foreach (var wider in new[] { "127.0.0.0/8", "0.0.0.0/0", "::/0", "::1" })
        {
            var refused = await rest.RefusedAsync(HttpMethod.Post, Routes.Tokens, new CreateToken("wider", AllowedFrom: ["127.0.0.1", wider]));
            Assert.Equal(ErrorCodes.Forbidden, refused.Code);
        }
    }

    [Fact]
    public async Task NetworksThatAreNone_AreRefused()
    {
        foreach (var networks in new[] { Array.Empty<string>(), ["127.0.0.1/8"], ["nowhere"], [.. Enumerable.Repeat("127.0.0.1", 51)] })
        {
            var refused = await coordinator.Admin.RefusedAsync(HttpMethod.Post, Routes.Tokens, new CreateToken("odd", AllowedFrom: networks));
            Assert.Equal(ErrorCodes.InvalidInput, refused.Code);
            Assert.Contains("allowedFrom", refused.Errors!.Keys);
        }
    }

    private static async Task<CreatedToken> MakeAsync(RunningCoordinator at) =>
        await at.Admin.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("documented", AllowedFrom: ["192.0.2.0/24"]));

    private static async Task<bool> IsLetInAsync(RunningCoordinator at, CreatedToken token, string? forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Routes.Me);
        if (forwardedFor is not null)
            request.Headers.Add("X-Forwarded-For", forwardedFor);
        using var response = await at.With(token.Secret).Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.IsSuccessStatusCode;
    }
}
