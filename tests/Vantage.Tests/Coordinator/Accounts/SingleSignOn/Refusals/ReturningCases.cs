using Vantage.Protocol.Errors;

namespace Vantage.Tests.Coordinator.Accounts.SingleSignOn.Refusals;

/// <summary>Returns of somebody who is not who left, or with an answer that is not from where they went.</summary>
internal static class ReturningCases
{
    public static IEnumerable<RefusedCase> All =>
    [
        Case("no state", journey => journey.ReturnAsync(("state", null))),
        Case("an empty state", journey => journey.ReturnAsync(("state", ""))),
        Case("a state that nobody gave out", journey => journey.ReturnAsync(("state", new string('A', 43)))),
        Case("the state with its last character changed", journey => journey.ReturnAsync(("state", Changed(journey.State!)))),
        Case("the state twice", journey => journey.ReturnByAsync($"?code=x&state={journey.State}&state={journey.State}")),
        new("returning with another browser", ErrorCodes.SignOnInvalid, async world =>
        {
            var journey = new Journey(world);
            Assert.Null(await journey.LeaveAsync());
            return await new Journey(world) { State = journey.State }.ReturnAsync();
        }),
        new("returning with somebody else's state", ErrorCodes.SignOnInvalid, async world =>
        {
            var (mine, theirs) = (new Journey(world), new Journey(world));
            Assert.Null(await mine.LeaveAsync());
            Assert.Null(await theirs.LeaveAsync());
            mine.State = theirs.State;
            return await mine.ReturnAsync();
        }),
        new("returning with somebody else's cookie under one's own name", ErrorCodes.SignOnInvalid, async world =>
        {
            var (mine, theirs) = (new Journey(world), new Journey(world));
            Assert.Null(await mine.LeaveAsync());
            Assert.Null(await theirs.LeaveAsync());
            mine.Browser.Jar["ours"][mine.Browser.Jar["ours"].Keys.Single()] = theirs.Browser.Jar["ours"].Values.Single();
            return await mine.ReturnAsync();
        }),
        Case("a cookie that was changed", journey =>
        {
            var jar = journey.Browser.Jar["ours"];
            jar[jar.Keys.Single()] = Changed(jar.Values.Single());
            return journey.ReturnAsync();
        }),
        Case("a cookie that is no cookie of ours", journey =>
        {
            var jar = journey.Browser.Jar["ours"];
            jar[jar.Keys.Single()] = "AAAA";
            return journey.ReturnAsync();
        }),
        Case("the same answer again", async journey =>
        {
            var kept = new Dictionary<string, string>(journey.Browser.Jar["ours"]);
            Assert.Null(await journey.ReturnAsync());
            journey.Browser.Jar["ours"] = kept;
            return await journey.ReturnAsync();
        }),
        Case("another provider's answer", journey =>
        {
            journey.Provider = "other";
            return journey.ReturnAsync();
        }),
        new("returning too late", ErrorCodes.SignOnInvalid, async world =>
        {
            var journey = new Journey(world);
            Assert.Null(await journey.LeaveAsync());
            world.Coordinator.Time.Advance(TimeSpan.FromMinutes(10));
            return await journey.ReturnAsync();
        }),
        Fault("another issuer's name", ("iss", "https://evil.example.org")),
        Fault("the issuer's name with a slash more", ("iss", null), "&iss=MOCK/"),
        Fault("no issuer's name, though the provider promised it", ("iss", null)),
        Fault("an empty issuer's name", ("iss", "")),
        Fault("the issuer's name twice", ("iss", null), "&iss=MOCK&iss=MOCK"),
        Fault("no code", ("code", null)),
        Fault("an empty code", ("code", "")),
        Fault("two codes", ("code", "one"), "&code=two"),
        Fault("a code that is too long", ("code", new string('x', 2049))),
        Fault("a code with a line end", ("code", "one\r\ntwo")),
        Case("a refusal of the provider", journey => journey.ReturnAsync(("error", "access_denied")), "access_denied"),
        Case("a refusal of the provider beside a code", journey => journey.ReturnAsync(("error", "x"), ("error_description", "<script>")), "access_denied"),
    ];

    private static RefusedCase Fault(string name, (string, string?) change, string more = "") =>
        new($"returning with {name}", RefusedCase.ProvidersFault, async world =>
        {
            var journey = new Journey(world);
            Assert.Null(await journey.LeaveAsync());
            return more.Length == 0
                ? await journey.ReturnAsync(change)
                : await journey.ReturnByAsync($"?state={journey.State}&code=a-code{more.Replace("MOCK", Uri.EscapeDataString(world.Mock.Issuer("mock")), StringComparison.Ordinal)}");
        });

    private static RefusedCase Case(string name, Func<Journey, Task<string?>> attempt, string expected = ErrorCodes.SignOnInvalid) =>
        new($"returning with {name}", expected, async world =>
        {
            var journey = new Journey(world);
            Assert.Null(await journey.LeaveAsync());
            return await attempt(journey);
        });

    /// <summary>Not the last: its unused bits would make it no base64url at all.</summary>
    private static string Changed(string text) => text[..^2] + (text[^2] == 'A' ? 'B' : 'A') + text[^1];
}
