using Vantage.Protocol.Errors;

namespace Vantage.Tests.Coordinator.Accounts.SingleSignOn.Refusals;

/// <summary>Codes that came to a program, and do not open it a session.</summary>
internal static class OpeningCases
{
    public static IEnumerable<RefusedCase> All =>
    [
        Case("another verifier", (_, journey) => journey.Verifier = new string('A', 43)),
        Case("an empty verifier", (_, journey) => journey.Verifier = ""),
        Case("a verifier with a character more", (_, journey) => journey.Verifier += "A"),
        Case("a verifier that is not ASCII", (_, journey) => journey.Verifier = new string('ä', 43)),
        Case("another address", (_, journey) => journey.RedirectUri = "http://127.0.0.1:49153/vantage"),
        Case("another provider", (_, journey) => journey.Provider = "other"),
        Case("a code that was changed", (_, journey) => journey.Code = journey.Code![..^4] + "AAAA"),
        Case("a code that was cut", (_, journey) => journey.Code = journey.Code![..20]),
        Case("no code", (_, journey) => journey.Code = ""),
        Case("an endless code", (_, journey) => journey.Code = new string('A', 100_000)),
        Case("a code that is too old", (world, _) => world.Coordinator.Time.Advance(TimeSpan.FromMinutes(1))),
        new("opening with a code that was used", ErrorCodes.SignOnInvalid, async world =>
        {
            var journey = new Journey(world);
            Assert.Equal(Journey.LetIn, await journey.GoAsync());
            return await journey.OpenAsync();
        }),
        new("opening with somebody else's code", ErrorCodes.SignOnInvalid, async world =>
        {
            var (mine, theirs) = (new Journey(world), new Journey(world));
            Assert.Null(await theirs.LeaveAsync() ?? await theirs.ReturnAsync());
            Assert.Null(await mine.LeaveAsync());
            mine.Code = theirs.Code;
            return await mine.OpenAsync();
        }),
        new("opening with the ticket of the cookie", ErrorCodes.SignOnInvalid, async world =>
        {
            var journey = new Journey(world);
            Assert.Null(await journey.LeaveAsync());
            journey.Code = journey.Browser.Jar["ours"].Values.Single();
            return await journey.OpenAsync();
        }),
        new("a code of the provider that was issued to somebody else's sign-on", RefusedCase.ProvidersFault, async world =>
        {
            var (mine, theirs) = (CampusJourney(world), CampusJourney(world));
            Assert.Null(await theirs.LeaveAsync());
            Assert.Null(await mine.LeaveAsync());
            var answer = await CallbackAsync(theirs);
            return await mine.ReturnByAsync(answer.Query.Replace(theirs.State!, mine.State!, StringComparison.Ordinal));
        }),
        new("a code of the provider that was used", RefusedCase.ProvidersFault, async world =>
        {
            var (mine, theirs) = (CampusJourney(world), CampusJourney(world));
            Assert.Null(await theirs.LeaveAsync());
            var answer = await CallbackAsync(theirs);
            Assert.Null(await theirs.ReturnByAsync(answer.Query));
            Assert.Null(await mine.LeaveAsync());
            return await mine.ReturnByAsync(answer.Query.Replace(theirs.State!, mine.State!, StringComparison.Ordinal));
        }),
        new("somebody whom the provider turns away", "access_denied", async world =>
        {
            var journey = new Journey(world, "campus") { Browser = new Browser(world) { Person = new { sub = "x", refuses = true } } };
            Assert.Null(await journey.LeaveAsync());
            return await journey.ReturnByAsync((await CallbackAsync(journey)).Query);
        }),
    ];

    internal static Journey CampusJourney(SignOnWorld world) => new(world, "campus")
    {
        Browser = new Browser(world) { Person = new { sub = $"p{Guid.CreateVersion7():N}", name = "Grace", groups = new[] { "analysts" } } },
    };

    /// <summary>Signs in at the real provider, and stops before going back to the Coordinator.</summary>
    internal static async Task<Uri> CallbackAsync(Journey journey)
    {
        var address = journey.Leaving!;
        while (address.Host != "vantage.example.org")
        {
            using var answer = await journey.Browser.GetAsync(address);
            Assert.True(answer.Headers.Location is not null, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            address = new Uri(address, answer.Headers.Location);
        }

        return address;
    }

    private static RefusedCase Case(string name, Action<SignOnWorld, Journey> change) => new($"opening with {name}", ErrorCodes.SignOnInvalid, async world =>
    {
        var journey = new Journey(world);
        Assert.Null(await journey.LeaveAsync() ?? await journey.ReturnAsync());
        change(world, journey);
        return await journey.OpenAsync();
    });
}
