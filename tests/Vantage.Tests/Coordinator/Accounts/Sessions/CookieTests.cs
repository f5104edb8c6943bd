using Vantage.Coordinator.Access;
using Vantage.Coordinator.Accounts.Sessions;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Accounts.Sessions;

/// <summary>A cookie vouches for its person only where the request comes from a page of our own.</summary>
public sealed class CookieTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private const string Own = "https://vantage.example.org";

    [Theory]
    // What a browser says of our own pages, and of an address somebody typed.
    [InlineData(true, null, "same-origin", true)]
    [InlineData(true, null, "none", true)]
    [InlineData(true, null, null, true)]
    [InlineData(true, Own, "same-origin", true)]
    [InlineData(false, Own, "same-origin", true)]
    [InlineData(false, Own, null, true)]
    [InlineData(false, null, "same-origin", true)]
    // Of everybody else's.
    [InlineData(false, null, null, false)]
    [InlineData(false, null, "none", false)]
    [InlineData(true, null, "cross-site", false)]
    [InlineData(true, null, "same-site", false)]
    [InlineData(true, null, "", false)]
    [InlineData(true, null, "same-origin, cross-site", false)]
    [InlineData(false, "null", null, false)]
    [InlineData(false, "null", "same-origin", false)]
    [InlineData(false, "", "same-origin", false)]
    [InlineData(false, "https://evil.example.org", null, false)]
    [InlineData(false, "https://evil.example.org", "same-origin", false)]
    [InlineData(true, "https://evil.example.org", null, false)]
    [InlineData(false, "https://vantage.example.org.evil.org", null, false)]
    [InlineData(false, "https://evilvantage.example.org", null, false)]
    [InlineData(false, "http://vantage.example.org", null, false)]
    [InlineData(false, "https://vantage.example.org:444", null, false)]
    [InlineData(false, "https://user@vantage.example.org", null, false)]
    [InlineData(false, "https://VANTAGE.example.org", null, false)]
    [InlineData(false, "https://vantage.example.org/", null, false)]
    [InlineData(false, Own, "cross-site", false)]
    public void ARequestWithACookie_IsJudgedByWhereItCameFrom(bool safe, string? origin, string? site, bool passes) =>
        Assert.Equal(passes, CrossSite.Judge(safe, origin, site, o => o == Own) is null);

    [Fact]
    public async Task TheCookie_SignsItsPersonIn_FromOurPages_AndNoOthers()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var opened = await OpenSessions.OpenAsync(coordinator, hospital.AdminId, hospital.Id, SessionForm.Cookie);
        Rest Browser(string site, string origin)
        {
            var rest = coordinator.Nobody;
            rest.Http.DefaultRequestHeaders.Add("Cookie", $"{SessionCookie.Name}={opened.Secret}");
            rest.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);
            rest.Http.DefaultRequestHeaders.Add("Origin", origin);
            return rest;
        }

        var (ours, theirs) = (Browser("same-origin", coordinator.Url), Browser("cross-site", "https://evil.example.org"));
        var me = await ours.GetAsync<Me>(Routes.Me);
        await ours.PostAsync<CreatedUser>(Routes.Users, new CreateUser("By cookie", null, hospital.Id, [Role.Researcher]));

        Assert.Equal(hospital.AdminId, me.User);
        Assert.Equal(ErrorCodes.CrossSite, (await theirs.RefusedAsync(HttpMethod.Get, Routes.Me)).Code);
        Assert.Equal(ErrorCodes.CrossSite, (await theirs.RefusedAsync(HttpMethod.Post, Routes.Users,
            new CreateUser("By cookie", null, hospital.Id, [Role.Researcher]))).Code);
    }

    [Fact]
    public async Task ATokenInACookie_IsNobody()
    {
        var rest = coordinator.Nobody;
        rest.Http.DefaultRequestHeaders.Add("Cookie", $"{SessionCookie.Name}={coordinator.AdminToken}");
        rest.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");

        Assert.Equal(ErrorCodes.Unauthenticated, (await rest.RefusedAsync(HttpMethod.Get, Routes.Me)).Code);
    }
}
